import { describe, expect, it } from '@jest/globals';
import type { RequestRow } from '@loadstair/load';
import { NOT_YET_HEARD_MS, recentOf } from './recent.ts';

const BEGAN_MS = 100_000;
/** One arrival every 100 ms for ten seconds. */
const DUE_MS = Array.from({ length: 100 }, (_, arrival) => arrival * 100);

/** Arrivals until a moment, each late by some ms and answered after some more. */
function heard(untilMs: number, lateMs: number, latencyMs: number): Parameters<typeof recentOf>[0] {
  const begun = DUE_MS.flatMap((due, arrival) => (BEGAN_MS + due + lateMs < untilMs ? [arrival] : []));
  const rows = begun
    .map((arrival): RequestRow => ({
      step: 1,
      arrival,
      journey: 'read',
      name: 'feed',
      dueMs: BEGAN_MS + (DUE_MS[arrival] ?? 0),
      latencyMs,
      outcome: 'ok',
      status: 200,
      last: true,
    }))
    .filter((row) => row.dueMs + row.latencyMs < untilMs);
  return { beganMs: BEGAN_MS, rows, late: new Map(begun.map((arrival) => [arrival, lateMs])) };
}

describe('what the generator did in the last seconds', () => {
  const endMs = BEGAN_MS + 6_000;
  const window = { startMs: endMs - 3_000, endMs };
  /** Lines of the last moment are not there yet. */
  const readMs = endMs - NOT_YET_HEARD_MS;

  it('is what it was asked for, although the last moment has not been heard of', () => {
    const recent = recentOf(heard(readMs, 0, 20), DUE_MS, window);
    expect(recent.startedPerS).toBeCloseTo(10, 5);
    expect(recent.achievedPerS).toBeCloseTo(10, 5);
    expect(recent).toMatchObject({ behind: 0, lateP99Ms: 0, latency: { p50Ms: 20, p95Ms: 20 } });
  });

  it('counts what has begun without its answer', () => {
    const recent = recentOf(heard(readMs, 0, 9_000), DUE_MS, window);
    expect(recent.startedPerS).toBeCloseTo(10, 5);
    expect(recent).toMatchObject({ achievedPerS: 0, latency: null });
  });

  it('counts only from the beginning of the step', () => {
    const early = { startMs: BEGAN_MS - 1_000, endMs: BEGAN_MS + 2_400 };
    expect(recentOf(heard(BEGAN_MS + 2_000, 0, 10), DUE_MS, early).startedPerS).toBeCloseTo(10, 5);
  });

  it('says how late, and what is due and has not begun', () => {
    const recent = recentOf(heard(readMs, 500, 20), DUE_MS, window);
    expect(recent).toMatchObject({ lateP99Ms: 500, behind: 5 });
  });

  it('is nothing before the step has begun', () => {
    expect(recentOf({ beganMs: null, rows: [], late: new Map() }, DUE_MS, window)).toEqual({
      startedPerS: 0,
      achievedPerS: 0,
      lateP99Ms: 0,
      behind: 0,
      latency: null,
      failures: [],
    });
  });

  it('says why requests failed', () => {
    const calm = heard(readMs, 0, 20);
    const rows = calm.rows.map((row): RequestRow => (row.arrival % 2 === 0 ? { ...row, outcome: 'timeout', status: 0 } : row));
    const [reason] = recentOf({ ...calm, rows }, DUE_MS, window).failures;
    expect(reason).toMatchObject({ kind: 'timed-out' });
    expect(reason).not.toHaveProperty('examples');
  });
});
