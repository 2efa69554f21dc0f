import { setTimeout as delay } from 'node:timers/promises';

/** What was waited for did not come. */
export class NotInTime extends Error {
  readonly waitedMs: number;
  /** What the last attempt said. */
  readonly last: string;
  constructor(what: string, waitedMs: number, last: string) {
    super(`${what}: not within ${(waitedMs / 1000).toFixed(1)} s${last === '' ? '' : `; ${last}`}`);
    this.name = 'NotInTime';
    this.waitedMs = waitedMs;
    this.last = last;
  }
}

export interface UntilOptions {
  /** What is waited for, for the error: `labd is up`. */
  readonly what: string;
  /** For ever when left out. */
  readonly timeoutMs?: number;
  /** Ends the wait with its reason, which says more than "aborted": a program that died says how. */
  readonly signal?: AbortSignal;
  readonly everyMs?: number;
}

const EVERY_MS = 50;

/**
 * Asks again and again until there is an answer, at least once. `null` and `false` mean not yet; so does an error, whose message is
 * kept as what the last attempt said.
 *
 * @throws NotInTime, or the signal's reason
 */
export async function until<Answer extends NonNullable<unknown>>(
  ask: (signal: AbortSignal) => Answer | null | false | Promise<Answer | null | false>,
  { what, timeoutMs = Infinity, signal = new AbortController().signal, everyMs = EVERY_MS }: UntilOptions,
): Promise<Answer> {
  const begun = performance.now();
  for (;;) {
    signal.throwIfAborted();
    let last = '';
    try {
      const answer = await ask(signal);
      if (answer !== null && answer !== false) return answer;
    } catch (error) {
      last = error instanceof Error ? error.message : String(error);
    }
    const waitedMs = performance.now() - begun;
    if (waitedMs > timeoutMs) throw new NotInTime(what, waitedMs, last);
    await delay(everyMs, undefined, { signal }).catch(() => signal.throwIfAborted());
  }
}
