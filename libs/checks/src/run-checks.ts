import type { Stream } from '@loadstair/terminal-view/io';
import { sumOf, type Check, type Counted } from './check.ts';

/**
 * Runs checks one after the other; what they print is shown as it comes.
 *
 * @param signal ends the one that runs, and begins no other
 * @returns how many passed and failed in all
 */
export async function oneByOne(checks: readonly Check[], err: Stream, signal: AbortSignal): Promise<Counted> {
  const all: Counted[] = [];
  for (const check of checks) {
    if (signal.aborted) break;
    err.write(`▸ ${check.name}\n`);
    all.push(await counted(check, (text) => err.write(text), err, signal));
  }
  return sumOf(all);
}

/** Checks that follow each other, and how many cores they keep busy. */
export interface CheckList {
  readonly checks: readonly Check[];
  readonly cores: number;
}

/**
 * Runs lists of checks side by side, as many as the cores are enough for; one that needs more than there are runs alone. Lists
 * begin in their order, but for those that must wait for cores when a later one need not. What a check prints is shown when
 * it has ended, so that no two are mixed.
 *
 * @param cores of the machine
 * @param signal ends those that run, and begins no other
 * @returns how many passed and failed in all
 */
export async function sideBySide(lists: readonly CheckList[], cores: number, err: Stream, signal: AbortSignal): Promise<Counted> {
  const waiting = [...lists];
  const running = new Set<Promise<void>>();
  let free = cores;
  const all: Counted[] = [];
  const start = (list: CheckList): void => {
    free -= list.cores;
    const work = inTurn(list.checks, err, signal).then((sum) => {
      all.push(sum);
      free += list.cores;
      running.delete(work);
    });
    running.add(work);
  };
  while (waiting.length > 0 && !signal.aborted) {
    const next = waiting.findIndex((list) => list.cores <= free || running.size === 0);
    if (next === -1) await Promise.race(running);
    else start(...(waiting.splice(next, 1) as [CheckList]));
  }
  await Promise.all(running);
  return sumOf(all);
}

/** The checks of one list, each shown as it ends. */
async function inTurn(checks: readonly Check[], err: Stream, signal: AbortSignal): Promise<Counted> {
  const all: Counted[] = [];
  for (const check of checks) {
    if (signal.aborted) break;
    const printed: string[] = [];
    const begunMs = performance.now();
    const result = await counted(check, (text) => printed.push(text), { ...err, write: (text) => printed.push(text) }, signal);
    const took = Math.round((performance.now() - begunMs) / 1000);
    err.write(`▸ ${check.name}: ${result.passed} passed, ${result.failed} failed, ${took} s\n${printed.join('')}`);
    all.push(result);
  }
  return sumOf(all);
}

async function counted(check: Check, show: (text: string) => void, err: Stream, signal: AbortSignal): Promise<Counted> {
  let result: Counted;
  try {
    result = await check.run(show, signal);
  } catch (error) {
    err.write(`${error instanceof Error ? error.message : String(error)}\n`);
    result = { passed: 0, failed: 1 };
  }
  if (result.failed > 0) err.write(`${err.marks.bad} ${check.name}\n`);
  return result;
}
