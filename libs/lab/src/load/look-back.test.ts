import { describe, expect, it } from '@jest/globals';
import { dueTimes, type PlannedStep, type RequestRow } from '@loadstair/load';
import { lookBack } from './look-back.ts';

const BEGAN_MS = 100_000;
const STEP: PlannedStep = { index: 0, kind: 'warm-up', rate: 165, holdS: 4, settleS: 0 };
const SEEDS = Array.from({ length: 60 }, (_, seed) => seed + 1);
/** Completed of what was planned: below it a site counts as one that falls behind (libs/measure/src/prediction.ts). */
const KEEPS_UP = 0.97;

/** An arrival that was answered, in two requests, some ms after it was due. */
function answered(arrival: number, dueMs: number, tookMs: number): RequestRow[] {
  const row = { step: 0, arrival, journey: 'read', name: 'feed', outcome: 'ok', status: 200 } as const;
  const half = tookMs / 2;
  return [
    { ...row, dueMs, latencyMs: half, last: false },
    { ...row, dueMs: dueMs + half, latencyMs: half, last: true },
  ];
}

/** Every arrival of the step, answered so many ms after it was due. */
function record(seed: number, tookMs: (dueMs: number, arrival: number) => number): { rows: RequestRow[]; beganMs: number } {
  const rows = dueTimes(seed, STEP).flatMap((dueMs, arrival) => answered(arrival, BEGAN_MS + dueMs, tookMs(dueMs, arrival)));
  return { rows, beganMs: BEGAN_MS };
}

describe('looking back at the last seconds of load', () => {
  it.each([5, 60, 250])('a site that answers in %d ms and up to twice of it keeps up, whatever the seed', (ms) => {
    for (const seed of SEEDS) {
      const { achieved, planned } = lookBack(
        record(seed, (_, arrival) => ms * (1 + ((arrival * 7) % 11) / 10)),
        STEP,
        seed,
        3,
      );
      expect(achieved / planned).toBeGreaterThan(KEEPS_UP);
    }
  });

  it('one that does four fifths of what is offered falls behind, whatever the seed', () => {
    const everyMs = 1000 / (0.8 * STEP.rate);
    for (const seed of SEEDS) {
      let freeMs = 0;
      const queued = record(seed, (dueMs) => (freeMs = Math.max(freeMs, dueMs) + everyMs) - dueMs);
      const { achieved, planned } = lookBack(queued, STEP, seed, 3);
      expect(achieved / planned).toBeLessThan(KEEPS_UP);
      expect(achieved).toBeCloseTo(0.8 * STEP.rate, -1);
    }
  });

  it('counts right answers only: one that fails fast does not keep up', () => {
    const { rows, beganMs } = record(1, () => 2);
    const busy = rows.map((row) => (row.arrival % 4 === 0 ? row : { ...row, outcome: 'status' as const, status: 503 }));
    const { achieved, failedShare, planned } = lookBack({ rows: busy, beganMs }, STEP, 1, 3);
    expect(achieved / planned).toBeCloseTo(0.25, 1);
    expect(failedShare).toBeCloseTo(0.75, 1);
    expect(lookBack({ rows, beganMs }, STEP, 1, 3).failedShare).toBe(0);
    const none = lookBack({ rows: rows.map((row) => ({ ...row, outcome: 'error' as const })), beganMs }, STEP, 1, 3);
    expect(none.achieved).toBe(0);
  });

  it('ends where the last arrival was due and not where the slowest answer came, or where the step was ended', () => {
    const endMs = BEGAN_MS + 4_000;
    const slow = record(1, () => 900);
    expect(lookBack(slow, STEP, 1, 3).window).toEqual({ startMs: endMs - 3_000, endMs, blockS: 1 });
    const cut = { ...slow, rows: slow.rows.filter((row) => row.dueMs + row.latencyMs < endMs - 1_500) };
    const { window, achieved, planned } = lookBack(cut, STEP, 1, 3);
    expect(window.endMs).toBeLessThan(endMs - 1_500);
    expect(window.startMs).toBe(BEGAN_MS);
    expect(achieved / planned).toBeGreaterThan(KEEPS_UP);
  });
});
