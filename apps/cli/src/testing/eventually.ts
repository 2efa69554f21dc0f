import { setTimeout as delay } from 'node:timers/promises';

const EVERY_MS = 50;

/**
 * Asks until there is an answer; `null` is "not yet".
 *
 * @param what for the error, for example `labd is up`
 */
export async function eventually<Answer>(
  what: string,
  timeoutMs: number,
  ask: () => Answer | null | Promise<Answer | null>,
): Promise<Answer> {
  const until = performance.now() + timeoutMs;
  for (;;) {
    const answer = await ask();
    if (answer !== null) return answer;
    if (performance.now() > until) throw new Error(`Not within ${timeoutMs / 1000} s: ${what}.`);
    await delay(EVERY_MS);
  }
}
