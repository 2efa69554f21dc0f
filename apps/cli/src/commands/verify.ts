import type { Command } from 'commander';
import { EXAMPLE, EXAMPLE_EXPERIMENT, injections, stages } from '@loadstair/stages';
import { injectionListLines } from '@loadstair/terminal-view/injected-view';
import { verifyExperiments } from '../verify/experiments.ts';
import { verifyInjected } from '../verify/injected.ts';
import { verifyKills } from '../verify/kills.ts';
import { verifyRecorded } from '../verify/recorded.ts';
import { verifyRuns } from '../verify/runs.ts';
import { verifySearches, verifySimulated } from '../verify/simulated.ts';
import { answer, jsonOption } from './answer.ts';
import { instanceOption, number, yesOption, type Context } from './context.ts';
import { stageNumber } from './stage-argument.ts';
import { COMMANDS } from './table.ts';

interface Options {
  readonly times: number;
  readonly recorded: boolean;
  readonly simulated: boolean;
  readonly capacity: boolean;
  readonly trials: number;
  readonly injected: boolean;
  readonly list: boolean;
  readonly record: boolean;
  readonly kills?: number;
  readonly experiments?: number;
  readonly seed: number;
  readonly cases?: number;
  readonly json: boolean;
  readonly quick: boolean;
  readonly instance: number;
  readonly yes: boolean;
}

/** verify: is what the lab says true? Tests the lab, not a stage. */
export function register(program: Command, context: Context): void {
  program
    .command('verify')
    .description(COMMANDS.verify.verify.does)
    .argument('[what...]', 'stages, or experiments or injections (default: all)')
    .option('--times <n>', 'runs of each stage', number('times', 1, 100, true), 1)
    .option('--recorded', 'diagnose the recorded runs again; nothing is run', false)
    .option('--simulated', 'score verdicts on simulated runs; nothing is run', false)
    .option('--capacity', 'with --simulated: repeat capacity searches, score their intervals', false)
    .option('--trials <n>', 'with --capacity: trials of each search', number('trials', 5, 40, true), 10)
    .option('--injected', 'run known causes, each against a control (quick runs)', false)
    .option('--list', 'list the injections and how they work (with --injected)', false)
    .option('--record', 'keep the runs as recorded runs (with --injected)', false)
    .option('--experiments <n>', 'run each experiment n times (quick); show what held, by how much', number('experiments', 1, 100, true))
    .option('--kills <n>', 'kill a part of the lab n times, look for leftovers', number('kills', 1, 10_000, true))
    .option('--seed <n>', 'seed of simulated runs, of kills, or of the first trial', number('seed', 1, 1_000_000, true), 1)
    .option('--cases <n>', 'number of simulated runs, or of searches of each stage', number('cases', 20, 10_000, true))
    .addOption(jsonOption())
    .option('--quick', 'short runs', false)
    .addOption(instanceOption())
    .addOption(yesOption())
    .addHelpText(
      'after',
      `\nExamples:\n  ./lab verify ${EXAMPLE.first} ${EXAMPLE.before} ${EXAMPLE.stage} --times 3\n  ./lab verify --recorded\n  ./lab verify --simulated --seed 7\n  ./lab verify --simulated --capacity\n  ./lab verify --injected --list\n  ./lab verify --injected pool slots\n  ./lab verify --experiments 10 ${EXAMPLE.stage} ${EXAMPLE_EXPERIMENT.name}\n  ./lab verify --kills 200 --seed 7 --instance 9\n\nExit status 5 when a verdict differs, a bar of the score sheet is missed,\nan expectation did not hold or was near its bound, or a kill left something.`,
    )
    .action(async (texts: string[], options: Options) => {
      if (options.recorded) return context.exit(verifyRecorded(context.io, options));
      if (options.simulated) {
        const { seed, cases, trials, json } = options;
        return context.exit((options.capacity ? verifySearches : verifySimulated)(context.io, { seed, cases, trials, json }));
      }
      if (options.experiments !== undefined) return context.exit(await verifyExperiments(options.experiments, texts, options, context));
      if (options.kills !== undefined) return context.exit(await verifyKills(options.kills, options, context));
      if (options.list) {
        const { io } = context;
        return answer(
          io,
          options.json,
          { injections: injections().map(({ name, stage, mechanism }) => ({ name, stage, mechanism })) },
          () => injectionListLines(injections(), io.out.columns),
        );
      }
      if (options.injected) return context.exit(await verifyInjected(texts, options, context));
      const numbers = texts.length === 0 ? stages.map((_, index) => index + 1) : texts.map(stageNumber);
      context.exit(await verifyRuns(numbers, options, context));
    });
}
