import type { Command } from 'commander';
import type { Experiment } from '@loadstair/experiments';
import { askedProfile, refuseK6Settings } from '@loadstair/load';
import { EXAMPLE, EXAMPLE_EXPERIMENT, experimentByName, experimentLines, stageByNumber, stages } from '@loadstair/stages';
import { experimentExit, outcomeBlock } from '@loadstair/terminal-view/outcome-view';
import { wrap } from '@loadstair/terminal-view/wrap';
import { oneExperiment } from '../one-experiment.ts';
import { experimentRecorded } from '../recorded/experiment-recorded.ts';
import { answer, jsonOption, writeJson } from './answer.ts';
import { instanceOption, number, yesOption, type Context } from './context.ts';
import { profileOption } from './profile-option.ts';
import { recordedOption, speedOption } from './recorded-options.ts';
import { stageArgument } from './stage-argument.ts';
import { COMMANDS } from './table.ts';

export interface ExperimentOptions {
  readonly profile?: string;
  readonly quick: boolean;
  readonly seed?: number;
  readonly instance: number;
  readonly yes: boolean;
  readonly json: boolean;
  readonly recorded: boolean;
  readonly speed: number;
}

/** experiments and experiment: what happens when. */
export function register(program: Command, context: Context): void {
  program
    .command('experiments')
    .description(COMMANDS.experiments.experiments.does)
    .addArgument(stageArgument('[stage]'))
    .addOption(jsonOption())
    .addHelpText('after', `\nExamples:\n  ./lab experiments\n  ./lab experiments ${EXAMPLE.stage}`)
    .action((stage: number | undefined, { json }: { json: boolean }) => {
      const shown = (stage === undefined ? stages : [stageByNumber(stage)]).flatMap(({ experiments }) => experiments);
      answer(context.io, json, { experiments: shown.map(experimentJson) }, () => [
        ...experimentLines(stage),
        '',
        `next   ./lab experiment ${EXAMPLE_EXPERIMENT.name}`,
      ]);
    });
  program
    .command('experiment')
    .description(COMMANDS.experiments.experiment.does)
    .argument('<name>', `for example ${EXAMPLE_EXPERIMENT.name}`)
    .option('--quick', 'shorter phases', false)
    .addOption(profileOption('default: the one of the experiment'))
    .option('--seed <n>', 'seed of arrivals and of what users choose', number('seed', 0, 0xffff_ffff, true))
    .addOption(instanceOption())
    .addOption(yesOption())
    .addOption(recordedOption())
    .addOption(speedOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Examples:
  ./lab experiment ${EXAMPLE_EXPERIMENT.name}          ${EXAMPLE_EXPERIMENT.title.charAt(0).toLowerCase()}${EXAMPLE_EXPERIMENT.title.slice(1)}
  ./lab experiment ${EXAMPLE_EXPERIMENT.name} --quick

If the site of its stage is up, the experiment uses that site and restores it.
Expectations are meant for the profile of the experiment; with another profile
they may fail.

Exit status: 0 every expectation held · 5 at least one did not
  3 it cannot be judged
  1 the lab failed · 2 wrong usage · 6 something is missing · 130 interrupted`,
    )
    .action(async (name: string, options: ExperimentOptions) => context.exit(await runExperiment(name, options, context)));
}

async function runExperiment(name: string, options: ExperimentOptions, context: Context): Promise<number> {
  const { io } = context;
  const experiment = experimentByName(name);
  const profile = options.profile === undefined ? null : await askedProfile(options.profile);
  if (!options.recorded) refuseK6Settings(context.environment);
  io.err.write(`${wrap(`${experiment.title}: ${experiment.happens}`, Math.min(80, io.err.columns), 0).join('\n')}\n`);
  const done = options.recorded
    ? await experimentRecorded(experiment, options, context)
    : await oneExperiment(experiment, { ...options, profile, seed: options.seed ?? null, stays: true }, context);
  if (done.kind === 'interrupted') return done.status;
  const { run, outcome, folder, report = null } = done.ended;
  if (options.json) writeJson(io, { run, experiment: name, stage: experiment.stage, outcome, folder, report });
  else {
    io.out.write(`${outcomeBlock(outcome, io.out)}run      ${run}   ./lab show ${run}\n`);
    if (report !== null) io.out.write(`report   ${report}\n`);
  }
  return done.interrupted ?? experimentExit(outcome);
}

function experimentJson({ name, stage, title, happens, takesS, profile }: Experiment): object {
  return { name, stage, title, happens, takesS, profile };
}
