import type { Command } from 'commander';
import { stages } from '@loadstair/stages';
import { verifyRecorded } from '../verify/recorded.ts';
import { verifyRuns } from '../verify/runs.ts';
import { verifySimulated } from '../verify/simulated.ts';
import { number, type Context } from './context.ts';

interface Options {
  readonly times: number;
  readonly recorded: boolean;
  readonly simulated: boolean;
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
    .description('check that measured verdicts agree with the catalogue')
    .argument('[stages...]', 'stages to run (default: all)')
    .option('--times <n>', 'runs of each stage', number('times', 1, 100, true), 1)
    .option('--recorded', 'diagnose the recorded runs again; nothing is run', false)
    .option('--simulated', 'score verdicts on simulated runs; nothing is run', false)
    .option('--seed <n>', 'seed of the simulated runs', number('seed', 1, 1_000_000, true), 1)
    .option('--cases <n>', 'about so many simulated runs', number('cases', 20, 10_000, true))
    .option('--json', 'the score sheet as one line of JSON (with --simulated)', false)
    .option('--quick', 'short runs', false)
    .option('--instance <n>', 'instance of the lab', number('instance', 1, 120, true), 1)
    .option('--yes', 'install what is missing without asking', false)
    .addHelpText(
      'after',
      '\nExamples:\n  ./lab verify 1 2 3 --times 3\n  ./lab verify --recorded\n  ./lab verify --simulated --seed 7\n\nExit status 5 when a verdict differs, or a bar of the score sheet is missed.',
    )
    .action(async (texts: string[], options: Options) => {
      if (options.recorded) return context.exit(verifyRecorded(context.io));
      if (options.simulated)
        return context.exit(verifySimulated(context.io, { seed: options.seed, cases: options.cases, json: options.json }));
      const numbers = texts.length === 0 ? stages.map((_, index) => index + 1) : texts.map(number('stage', 1, 99, true));
      context.exit(await verifyRuns(numbers, options, context));
    });
}
