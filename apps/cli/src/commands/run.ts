import type { Command } from 'commander';
import { profileByName, refuseK6Settings } from '@loadstair/load';
import { stageByNumber } from '@loadstair/stages';
import { applySettings } from '@loadstair/topology';
import { oneRun } from '../one-run.ts';
import { exitOf, trustLine, verdictBlock, verdictJson } from '../view/verdict-view.ts';
import { collect, number, type Context } from './context.ts';

export interface RunOptions {
  readonly profile?: string;
  readonly set: string[];
  readonly quick: boolean;
  readonly seed?: number;
  readonly scale: number;
  readonly instance: number;
  readonly yes: boolean;
  readonly json: boolean;
  readonly events: boolean;
  readonly unbudgeted: boolean;
}

export function register(program: Command, context: Context): void {
  program
    .command('run')
    .description('load a stage, measure it, and name what limits it')
    .argument('<stage>', 'number of the stage', number('stage', 1, 99, true))
    .option('--profile <name>', 'stored load profile (default: the one that reveals the stage’s limit)')
    .option('--set <tier.key=value>', 'change the topology for this run; may be repeated', collect, [])
    .option('--quick', 'shorter steps: about 90 s, wider intervals', false)
    .option('--seed <n>', 'seed of arrivals and choices', number('seed', 0, 0xffff_ffff, true))
    .option('--scale <x>', 'multiply every load', number('scale', 0.01, 10, false), 1)
    .option('--instance <n>', 'instance of the lab', number('instance', 1, 120, true), 1)
    .option('--yes', 'install what is missing without asking', false)
    .option('--json', 'print one line of JSON at the end', false)
    .option('--events', 'print events as JSON lines before it', false)
    .option('--unbudgeted', 'run without CPU limits; no verdict is given', false)
    .addHelpText(
      'after',
      `
Examples:
  ./lab run 1                       the single server, to its limit
  ./lab run 3 --quick               stage 3 in about 90 s
  ./lab run 3 --set web.count=3     one more web server
  ./lab run 3 --set web.pool=1 --set db.distance=10
  ./lab run 2 --profile smoke       a few arrivals, all answers checked

Exit status: 0 named or nothing ran out · 1 the lab failed · 2 wrong usage
  3 refused · 4 unexplained · 6 something is missing · 130 interrupted`,
    )
    .action(async (stage: number, options: RunOptions) => context.exit(await run(stage, options, context)));
}

export async function run(stageNumber: number, options: RunOptions, context: Context): Promise<number> {
  const { io } = context;
  const stage = stageByNumber(stageNumber);
  // Wrong settings are said before anything is started or installed.
  applySettings(stage.topology, options.set);
  if (options.profile !== undefined) profileByName(options.profile);
  refuseK6Settings(context.environment);
  const ran = await oneRun(
    {
      stage: stageNumber,
      profile: options.profile ?? null,
      set: options.set,
      quick: options.quick,
      seed: options.seed ?? null,
      scale: options.scale,
      unbudgeted: options.unbudgeted,
    },
    {
      instance: options.instance,
      yes: options.yes,
      onEvent: (event) => {
        if (options.events) io.out.write(`${JSON.stringify(event)}\n`);
      },
    },
    context,
  );
  if (ran.kind === 'interrupted') return ran.status;
  const { outcome } = ran;
  const { verdict } = outcome;
  io.err.write(`${trustLine(outcome, io.err)}\n\n`);
  if (options.json) {
    io.out.write(
      `${JSON.stringify({ schema: 1, run: outcome.run, stage: stageNumber, profile: options.profile ?? stage.profile, verdict: verdictJson(verdict), report: outcome.report })}\n`,
    );
  } else {
    io.out.write(verdictBlock(verdict, outcome.lines, io.out));
    io.out.write(`report   ${outcome.report}\n`);
  }
  return ran.interrupted ?? exitOf(verdict);
}
