import { setTimeout as delay } from 'node:timers/promises';

/** A moment to wait for. Set once by the clock on the wall, and then kept by one that nobody sets back. */
export interface Deadline {
  /** Never below 0. */
  leftMs(): number;
  /** Resolves when it has come, or `afterMs` later. Rejects when the signal aborts. */
  reached(signal: AbortSignal, afterMs?: number): Promise<void>;
}

/** @param atMs epoch ms */
export function deadlineAt(atMs: number): Deadline {
  const monotonic = performance.now() + (atMs - Date.now());
  return {
    leftMs: () => Math.max(0, monotonic - performance.now()),
    reached: (signal, afterMs = 0) => delay(Math.max(0, monotonic + afterMs - performance.now()), undefined, { signal }),
  };
}
