import type { Command } from 'commander';
import { refuseK6Settings } from '@loadstair/load';
import { experimentByName, experimentLines, topologyOf } from '@loadstair/stages';
import { follow } from '../follow-run.ts';
import { CliProblem } from '../problem.ts';
import { experimentExit, outcomeBlock } from '../view/outcome-view.ts';
import { pageLine } from '../view/page-line.ts';
import { plainView, terminalView } from '../view/run-view.ts';
import { wrap } from '../view/wrap.ts';
import { withLabd } from '../with-labd.ts';
import { number, type Context } from './context.ts';

export interface ExperimentOptions {
  readonly quick: boolean;
  readonly seed?: number;
  readonly instance: number;
  readonly yes: boolean;
  readonly json: boolean;
}

/** experiments and experiment: what happens when. */
export function register(program: Command, context: Context): void {
  program
    .command('experiments')
    .description('list experiments: what happens when')
    .argument('[stage]', 'number of a stage', number('stage', 1, 99, true))
    .addHelpText('after', '\nExamples:\n  ./lab experiments\n  ./lab experiments 3')
    .action((stage?: number) => {
      context.io.out.write(`${[...experimentLines(stage), '', 'next   ./lab experiment kill-web'].join('\n')}\n`);
    });
  program
    .command('experiment')
    .description('run one: load, actions, and what must then be seen')
    .argument('<name>', 'for example kill-web')
    .option('--quick', 'shorter phases', false)
    .option('--seed <n>', 'seed of arrivals and choices', number('seed', 0, 0xffff_ffff, true))
    .option('--instance <n>', 'instance of the lab', number('instance', 1, 120, true), 1)
    .option('--yes', 'install what is missing without asking', false)
    .option('--json', 'print one line of JSON at the end', false)
    .addHelpText(
      'after',
      `
Examples:
  ./lab experiment kill-web          a web server dies under load
  ./lab experiment cpu-split --quick

A site that is up is used and put back as it was.

Exit status: 0 every expectation held · 5 one did not · 3 it cannot be judged
  1 the lab failed · 2 wrong usage · 6 something is missing · 130 interrupted`,
    )
    .action(async (name: string, options: ExperimentOptions) => context.exit(await runExperiment(name, options, context)));
}

async function runExperiment(name: string, options: ExperimentOptions, context: Context): Promise<number> {
  const { io } = context;
  const experiment = experimentByName(name);
  refuseK6Settings(context.environment);
  const says = 'Stopping: hosts are ended, nothing is kept.';
  const done = await withLabd(topologyOf(experiment), { ...options, says }, context, async ({ client, interruption }) => {
    const view = io.err.terminal ? terminalView(io.err) : plainView(io.err);
    try {
      io.err.write(`${wrap(`${experiment.title}: ${experiment.happens}`, Math.min(80, io.err.columns), 0).join('\n')}\n`);
      const ended = await follow(
        client,
        '/api/experiments',
        { name, quick: options.quick, seed: options.seed ?? null },
        (event) => view.event(event),
        (run) => {
          interruption.stopWith(() => client.post(`/api/runs/${run}/stop`));
          io.err.write(`${pageLine(client, run)}\n`);
        },
      );
      view.end();
      if (ended.type === 'failed') {
        const status = interruption.status();
        if (status !== null) return status;
        throw new CliProblem(ended.problem);
      }
      if (ended.type !== 'outcome') throw new Error(`An experiment ended with ${ended.type}.`);
      const { run, outcome, folder } = ended;
      if (options.json) io.out.write(`${JSON.stringify({ schema: 1, run, experiment: name, stage: experiment.stage, outcome, folder })}\n`);
      else io.out.write(`${outcomeBlock(outcome, io.out)}run      ${run}   ./lab show ${run}\n`);
      return interruption.status() ?? experimentExit(outcome);
    } finally {
      view.end();
    }
  });
  return typeof done === 'number' ? done : done.status;
}
