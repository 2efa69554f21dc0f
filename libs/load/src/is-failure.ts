import type { RequestRow } from '@loadstair/loadprofiles';

/** A row's end is known to so many ms: its due time is rounded, and what the script itself takes is not in its latency. */
const END_KNOWN_TO_MS = 50;

/** Whether a request was still open when the generator was told to stop: k6 gives it up then, which is no failure of the site. */
export function wasCutShort(
  { outcome, dueMs, latencyMs }: Pick<RequestRow, 'outcome' | 'dueMs' | 'latencyMs'>,
  stoppedMs: number,
): boolean {
  return outcome === 'error' && dueMs + latencyMs >= stoppedMs - END_KNOWN_TO_MS;
}

/**
 * Whether the site did not answer a request, or wrongly. A stale answer is neither: how old an answer may be is the site's choice. Nor is a
 * request that the generator could not send.
 */
export function isFailure({ outcome }: Pick<RequestRow, 'outcome'>): boolean {
  return outcome !== 'ok' && outcome !== 'stale' && wasSent({ outcome });
}

/** Whether a request left the generator. */
export function wasSent({ outcome }: Pick<RequestRow, 'outcome'>): boolean {
  return outcome !== 'not-sent';
}
