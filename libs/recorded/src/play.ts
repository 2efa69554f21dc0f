import { setTimeout as delay } from 'node:timers/promises';
import type { RunEvent } from '@loadstair/runs';

/**
 * Events of a stored run in their order, with the pauses they had, so many times shorter. Ends early when the signal aborts.
 *
 * @param speed 1 is as it was measured
 */
export async function* play(events: readonly RunEvent[], speed: number, signal: AbortSignal): AsyncGenerator<RunEvent> {
  const firstMs = events[0]?.atMs ?? 0;
  const begunMs = performance.now();
  for (const event of events) {
    const dueMs = begunMs + (event.atMs - firstMs) / speed;
    const waitMs = dueMs - performance.now();
    if (waitMs > 0) await delay(waitMs, undefined, { signal }).catch(() => {});
    if (signal.aborted) return;
    yield event;
  }
}
