import { setTimeout as delay } from 'node:timers/promises';

/** Repeats `attempt` every 100 ms until it resolves; after `timeoutMs` rejects with its last error. */
export async function retry<Result>(timeoutMs: number, attempt: () => Promise<Result>): Promise<Result> {
  const until = performance.now() + timeoutMs;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (performance.now() > until) throw error;
      await delay(100);
    }
  }
}
