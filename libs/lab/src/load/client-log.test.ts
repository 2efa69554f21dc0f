import { describe, expect, it } from '@jest/globals';
import { dueTimes, TIMEOUT_MS, traceOf, type PlannedStep, type RequestRow, type StepRecord } from '@loadstair/load';
import { clientLines } from './client-log.ts';

const SEED = 42;
const BEGAN_MS = 1_000_000;
const step: PlannedStep = { index: 3, kind: 'load', rate: 10, holdS: 2, settleS: 0 };
const due = dueTimes(SEED, step);
const row = (arrival: number, change: Partial<RequestRow>): RequestRow => ({
  step: step.index,
  arrival,
  journey: 'browse',
  name: 'feed',
  dueMs: BEGAN_MS + (due[arrival] ?? 0),
  latencyMs: 12.4,
  outcome: 'ok',
  status: 200,
  last: true,
  ...change,
});
const lines = (rows: readonly RequestRow[], change: Partial<StepRecord> = {}): Record<string, unknown>[] => {
  const late = new Map(rows.map(({ arrival }) => [arrival, 0]));
  const record: StepRecord = { rows, late, beganMs: BEGAN_MS, asOfMs: BEGAN_MS + 3_000, ...change };
  return clientLines(record, step, SEED).map((text) => JSON.parse(text) as Record<string, unknown>);
};

describe('the log of the load’s clients', () => {
  it('has a line of every request that failed, by the id that its requests carried', () => {
    const rows = [
      row(0, {}),
      row(1, { outcome: 'status', status: 503, servedBy: 'lb-1', errorCode: 1503 }),
      row(2, { outcome: 'error', status: 0, errorCode: 1212 }),
      row(3, { outcome: 'wrong-body', servedBy: 'web-1' }),
    ];
    expect(lines(rows)).toEqual([
      expect.objectContaining({
        level: 50,
        host: 'clients',
        msg: 'feed failed: answered 503 by lb-1',
        trace_id: traceOf(SEED, step.index, 1),
        step: 3,
        request: 'feed',
        reason: 'status',
        status: 503,
        served_by: 'lb-1',
        error_code: 1503,
        duration_ms: 12,
      }),
      expect.objectContaining({ reason: 'refused', error_code: 1212 }),
      expect.objectContaining({ reason: 'wrong-answer', served_by: 'web-1' }),
    ]);
  });

  it('has a line of an arrival that got no answer in time, and none of one that may still get it', () => {
    const open = { late: new Map([[0, 0]]) };
    const dueMs = BEGAN_MS + (due[0] ?? 0);
    expect(lines([], { ...open, asOfMs: dueMs + TIMEOUT_MS })).toMatchObject([
      { reason: 'out-of-time', trace_id: traceOf(SEED, step.index, 0), duration_ms: TIMEOUT_MS },
    ]);
    expect(lines([], { ...open, asOfMs: dueMs + TIMEOUT_MS - 100 })).toEqual([]);
  });

  it('does not repeat itself without end', () => {
    expect(lines(Array.from({ length: 2_000 }, () => row(1, { outcome: 'timeout', status: 0 })))).toHaveLength(500);
  });
});
