import type { Command } from 'commander';
import { profileByName, refuseK6Settings } from '@loadstair/load';
import { stageByNumber } from '@loadstair/stages';
import { applySettings } from '@loadstair/topology';
import { followRun } from '../follow-run.ts';
import { onInterrupt } from '../interruption.ts';
import { needLabd, type LabdClient } from '../labd-client.ts';
import { CliProblem } from '../problem.ts';
import { needTools } from '../tools.ts';
import { plainView, terminalView } from '../view/run-view.ts';
import { exitOf, verdictBlock, verdictJson } from '../view/verdict-view.ts';
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
  const topology = applySettings(stage.topology, options.set);
  if (options.profile !== undefined) profileByName(options.profile);
  refuseK6Settings(context.environment);
  await needTools(topology, io, { yes: options.yes, path: context.environment['PATH'] ?? '' });

  const interruption = onInterrupt(io, 'Stopping: hosts are ended; steps that were measured are kept as refused: INTERRUPTED.');
  const { client, started } = await needLabd(options.instance).catch((error: unknown) => {
    interruption.end();
    throw error;
  });
  const view = io.err.terminal ? terminalView(io.err) : plainView(io.err);
  try {
    if (interruption.status() !== null) return interruption.status() as number;
    const request = {
      stage: stageNumber,
      profile: options.profile ?? null,
      set: options.set,
      quick: options.quick,
      seed: options.seed ?? null,
      scale: options.scale,
      unbudgeted: options.unbudgeted,
    };
    const outcome = await followRun(
      client,
      request,
      (event) => {
        view.event(event);
        if (options.events) io.out.write(`${JSON.stringify(event)}\n`);
      },
      (run) => interruption.stopWith(() => client.post(`/api/runs/${run}/stop`)),
    );
    view.end();
    if (outcome.type === 'failed') {
      if (interruption.status() !== null) return interruption.status() as number;
      throw new CliProblem(outcome.problem);
    }
    const { verdict, checks } = outcome;
    const { err } = io;
    err.write(
      `${err.paint.good(err.marks.good)} trust     ${checks.passed} of ${checks.of} checks · watching cost ${Math.round(outcome.observerShareOfCore * 100)} % of a core\n\n`,
    );
    if (options.json) {
      io.out.write(
        `${JSON.stringify({ schema: 1, run: outcome.run, stage: stageNumber, profile: options.profile ?? stage.profile, verdict: verdictJson(verdict), report: outcome.report })}\n`,
      );
    } else {
      io.out.write(verdictBlock(verdict, outcome.lines, io.out));
      io.out.write(`report   ${outcome.report}\n`);
    }
    return interruption.status() ?? exitOf(verdict);
  } finally {
    view.end();
    interruption.end();
    // A lab that was up before the run stays up.
    if (started) await shutdown(client);
  }
}

/** Ends labd, and waits until it has cleaned up. */
export async function shutdown(client: LabdClient): Promise<void> {
  await client.post('/api/shutdown').catch(() => {
    // It is gone already.
  });
  while (isAlive(client.pid)) await new Promise((resolve) => setTimeout(resolve, 50));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
