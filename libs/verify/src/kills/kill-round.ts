import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { LAB_FOLDER } from '@loadstair/lab-api/folders';
import { settlesWithin, startCommand, type LabCommand } from './kill-command.ts';
import { clearInstance, everythingLeft } from './kill-left.ts';
import { killArguments, killPlan, type KillPhase, type KillPlan } from './kill-plan.ts';
import type { CommandEnd, KillRecord } from './kill-records.ts';
import { removeRuns, runIds, runsOfRound, unreadableRuns } from './kill-runs.ts';
import { killFirst } from './kill-targets.ts';

/** A command may end alone after a kill, then it is interrupted, then killed: 20 s in all. */
const ENDS_ALONE_MS = 5_000;
const ENDS_INTERRUPTED_MS = 15_000;
const DOWN_MS = 60_000;
const UP_MS = 120_000;
/** A phase that does not come in this time is not waited for: the kill comes then. */
const PHASE_MS = 90_000;
const LOOK_EVERY_MS = 50;
/** What the plain view of a run writes when a phase begins. */
const BEGINS: Record<Exclude<KillPhase, 'start'>, RegExp> = { 'warm-up': /^\d+:\d\d hosts \d/m, load: /^\d+:\d\d (warm-up|step) /m };
const LAST_LINES = 3;

export interface RoundOptions {
  readonly instance: number;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Aborted by Ctrl-C: the round is ended in good order, and not counted. */
  readonly signal: AbortSignal;
}

/**
 * Starts a command, kills a process, ends the command, runs `./lab down`, and looks for what is left.
 *
 * @returns null when it was interrupted
 */
export async function playRound(seed: number, round: number, options: RoundOptions): Promise<KillRecord | null> {
  const { instance, environment, signal } = options;
  const plan = killPlan(seed, round);
  const before = runIds(LAB_FOLDER);
  const aloneBefore = noOtherLab(instance);
  const left: string[] = [];
  if (plan.command === 'down') left.push(...(await prepare(plan, options)));
  const begun = performance.now();
  const command = startCommand(killArguments(plan, instance), environment);
  await momentOf(plan, command, signal);
  const afterS = Math.round((performance.now() - begun) / 100) / 10;
  const killed = signal.aborted ? null : killFirst(plan, instance, command.pid());
  const end = await endCommand(command, signal);
  left.push(...(await nextCommand(options)));
  const alone = aloneBefore && noOtherLab(instance);
  const runs = runsOfRound(LAB_FOLDER, { instance, before, output: command.output(), alone });
  left.push(...unreadableRuns(LAB_FOLDER, runs));
  removeRuns(LAB_FOLDER, runs);
  if (killed === null) return null;
  const { command: name, stage } = plan;
  return { command: name, stage, ...killed, afterS, end, left };
}

/** What `down` ends; a start that fails without a kill is a finding too. */
async function prepare({ stage }: KillPlan, { instance, environment, signal }: RoundOptions): Promise<string[]> {
  const up = startCommand(killArguments({ command: 'up', stage }, instance), environment);
  if (!(await settlesWithin(up.ended, UP_MS, signal))) {
    await endCommand(up, signal);
    return signal.aborted ? [] : [`./lab up ${stage} did not end within ${UP_MS / 1000} s`];
  }
  const status = await up.ended;
  return status === 0 ? [] : [`./lab up ${stage} ended with ${status}: ${lastLines(up)}`];
}

/** Waits for the phase, if any, and then for the seconds into it; a run that ends before is not waited for longer. */
async function momentOf({ phase, seconds }: KillPlan, command: LabCommand, signal: AbortSignal): Promise<void> {
  if (phase !== 'start') {
    const until = performance.now() + PHASE_MS;
    const waits = (): boolean => performance.now() < until && !BEGINS[phase].test(command.output());
    while (waits()) if ((await settlesWithin(command.ended, LOOK_EVERY_MS, signal)) || signal.aborted) return;
  }
  await settlesWithin(new Promise(() => {}), seconds * 1000, signal);
}

async function endCommand(command: LabCommand, signal: AbortSignal): Promise<CommandEnd> {
  if (await settlesWithin(command.ended, ENDS_ALONE_MS, signal)) return 'alone';
  command.signal('SIGINT');
  if (await settlesWithin(command.ended, ENDS_INTERRUPTED_MS)) return 'interrupted';
  command.signal('SIGKILL');
  await command.ended;
  return 'killed';
}

/** Runs `./lab down`; says what is left after it, and clears that for the next round. */
async function nextCommand({ instance, environment }: RoundOptions): Promise<string[]> {
  const path = environment['PATH'] ?? '';
  const down = startCommand(['down', '--instance', String(instance)], environment);
  const problems: string[] = [];
  if (await settlesWithin(down.ended, DOWN_MS)) {
    const status = await down.ended;
    if (status !== 0) problems.push(`./lab down ended with ${status}: ${lastLines(down)}`);
  } else {
    problems.push(`./lab down did not end within ${DOWN_MS / 1000} s`);
    down.signal('SIGKILL');
    await down.ended;
  }
  const left = await everythingLeft(instance, path);
  if (problems.length + left.length > 0) await clearInstance(instance, path);
  return [...problems, ...left];
}

function noOtherLab(instance: number): boolean {
  const folder = join(LAB_FOLDER, 'instances');
  if (!existsSync(folder)) return true;
  return readdirSync(folder).every((name) => name === String(instance) || !existsSync(join(folder, name, 'labd.json')));
}

function lastLines(command: LabCommand): string {
  return command.output().trim().split('\n').slice(-LAST_LINES).join(' / ');
}
