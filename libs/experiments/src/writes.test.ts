import { describe, expect, it } from '@jest/globals';
import { lostForGood } from './expectations/lost-for-good.ts';
import { lostWrites } from './expectations/lost-writes.ts';
import { predictedLosses } from './expectations/predicted-losses.ts';
import { restoredWrites } from './expectations/restored-writes.ts';
import { slowerWrites } from './expectations/slower-writes.ts';
import { waitingWrites } from './expectations/waiting-writes.ts';
import { writesResume } from './expectations/writes-resume.ts';
import type { Observed, ObservedAction, ObservedPhase, ObservedRequest } from './observed.ts';
import { steady } from './testing/observed.ts';

const done = (action: ObservedAction['action'], beganMs: number, result: ObservedAction['result'] = { kind: 'done' }): ObservedAction => ({
  action,
  phase: '',
  beganMs,
  endedMs: beganMs + 50,
  result,
});
const lostPower = done({ do: 'power-loss', tier: 'db' }, 10_000, { kind: 'done', host: 'db-1' });
const counted = (promised: number, ...missing: readonly string[]): ObservedAction =>
  done({ do: 'count-writes' }, 15_000, {
    kind: 'done',
    promised,
    missing: missing.map((row) => ({ row, user: 12, text: `text of ${row}` })),
  });
const predicted = (behindS: number | null, lost: number | null): ObservedAction =>
  done({ do: 'predict-losses' }, 9_900, {
    kind: 'done',
    waitsFor: 0,
    replicas: [{ host: 'db-replica-1', behindBytes: 204_800, behindS }],
    writesPerS: 10,
    lost,
  });
const unrecoverable = done({ do: 'recover' }, 16_000, {
  kind: 'done',
  hosts: [{ host: 'db-1', restored: {}, present: 0, conflicts: [], diskGone: true }],
});
const recovered = (...conflicts: readonly string[]): ObservedAction =>
  done({ do: 'recover' }, 16_000, {
    kind: 'done',
    hosts: [
      { host: 'db-1', restored: { orders: 2 }, present: 0, conflicts: conflicts.map((row) => ({ table: 'orders', row, reason: 'taken' })) },
    ],
  });
const observed = (rest: Partial<Observed>): Observed => ({
  slo: { quantile: 0.95, latencyMs: 250, errorShare: 0.01 },
  phases: [],
  actions: [],
  requests: [],
  ...rest,
});
const request = (dueMs: number, more: Partial<ObservedRequest> = {}): ObservedRequest => ({
  dueMs,
  endMs: dueMs + 20,
  failed: false,
  write: true,
  ...more,
});

describe('writes resume', () => {
  const within = writesResume({ after: 'power-loss', withinMs: 2_000 });
  const since = (...requests: readonly ObservedRequest[]): Observed => observed({ actions: [lostPower], requests });

  it.each([
    ['at the first write that is taken', since(request(9_000), request(10_500, { failed: true }), request(11_500)), true, 1_520],
    ['not by reads', since(request(10_200, { write: false }), request(13_000)), false, 3_020],
    ['not by what was under way', since(request(9_990, { endMs: 10_100 }), request(11_000)), true, 1_020],
  ])('%s', (_name, seen, holds, withoutMs) => {
    expect(within.judge(seen)).toMatchObject({ holds, values: { withoutMs } });
  });

  it('is not known where no host lost power, or nothing was taken again', () => {
    expect(within.judge(observed({ requests: [request(9_000)] })).holds).toBeNull();
    expect(within.judge(since(request(9_000))).holds).toBeNull();
  });
});

describe('lost writes', () => {
  it.each([
    [null, 2, true],
    [2, 2, true],
    [1, 2, false],
    [0, 0, true],
  ])('at most %s, %d lost: %s', (most, lost, holds) => {
    const missing = Array.from({ length: lost }, (_, index) => `comments id=${index}`);
    expect(lostWrites({ most }).judge(observed({ actions: [counted(50, ...missing)] }))).toMatchObject({
      holds,
      details: missing.map((row) => `comments of user 12: “text of ${row}”`),
      values: { lost, promised: 50 },
    });
  });

  it.each([
    [1, false],
    [2, true],
    [3, true],
  ])('at least 2, %d lost: %s', (lost, holds) => {
    const missing = Array.from({ length: lost }, (_, index) => `comments id=${index}`);
    const judged = lostWrites({ least: 2, most: null }).judge(observed({ actions: [counted(50, ...missing)] }));
    expect(judged).toMatchObject({ holds, expected: 'at least 2' });
  });

  it('are not known where nothing was written', () => {
    expect(lostWrites({ most: null }).judge(observed({ actions: [counted(0)] })).holds).toBeNull();
  });
});

describe('predicted losses', () => {
  const lost = (rows: number): ObservedAction => counted(50, ...Array.from({ length: rows }, (_, index) => `comments id=${index}`));
  const withinTwo = predictedLosses({ factor: 2 });

  it.each([
    [40, 20, true],
    [40, 19, false],
    [40, 80, true],
    [40, 81, false],
    [0, 0, true],
    [0, 1, false],
    [0.4, 0, false],
  ])('%d predicted, %d lost: %s', (said, rows, holds) => {
    const seen = withinTwo.judge(observed({ actions: [predicted(4, said), lost(rows)] }));
    expect(seen).toMatchObject({ holds, values: { predicted: said, lost: rows, lagS: 4, writesPerS: 10 } });
    expect(seen.details[0]).toBe('db-replica-1 was 4.0 s (200 KiB) behind');
  });

  it('are not known without a lag, or without a count', () => {
    expect(withinTwo.judge(observed({ actions: [predicted(null, null), lost(1)] })).holds).toBeNull();
    expect(withinTwo.judge(observed({ actions: [predicted(4, 40)] })).holds).toBeNull();
  });
});

describe('writes lost for good', () => {
  const gone = (...actions: readonly ObservedAction[]): Observed => observed({ actions });
  it.each([
    [gone(counted(50, 'orders id=1'), unrecoverable, counted(60, 'orders id=1')), true, { lostForGood: 1, back: 0 }],
    [gone(counted(50, 'orders id=1'), unrecoverable, counted(60)), false, { lostForGood: 0, back: 1 }],
    [gone(counted(50, 'orders id=1'), recovered(), counted(60, 'orders id=1')), false, { lostForGood: 1 }],
    [gone(counted(50), unrecoverable), null, {}],
  ] as const)('%#', (seen, holds, values) => {
    expect(lostForGood({}).judge(seen)).toMatchObject({ holds, values });
  });
});

describe('restored writes', () => {
  it.each([
    [[counted(50, 'orders id=1', 'orders id=2'), recovered(), counted(60)], true, { back: 2, missing: 0, unlisted: 0 }],
    [[counted(50, 'orders id=1', 'orders id=2'), recovered('id=2'), counted(60, 'orders id=2')], true, { back: 1, missing: 1 }],
    [[counted(50, 'orders id=1'), recovered(), counted(60, 'orders id=1')], false, { back: 0, unlisted: 1 }],
    [[counted(50), counted(60)], null, {}],
  ] as const)('%#', (actions, holds, values) => {
    expect(restoredWrites({}).judge(observed({ actions: [...actions] }))).toMatchObject({ holds, values });
  });
});

describe('slower writes', () => {
  /** Two phases of 10 s; a write every 100 ms in each, so many ms long. */
  const both = (asyncMs: number, syncMs: number): Observed => {
    const phase = (name: string, startMs: number): ObservedPhase => ({
      name,
      startMs,
      endMs: startMs + 10_000,
      steady: {
        startMs: startMs + 2_000,
        endMs: startMs + 10_000,
        offered: 10,
        achieved: 10,
        requests: 100,
        failed: 0,
        quantileMs: null,
        hosts: [],
        use: [],
        saturation: {},
        pricePerMonth: null,
      },
    });
    const requests = [asyncMs, syncMs].flatMap((ms, index) =>
      Array.from({ length: 100 }, (_, nth) => request(index * 10_000 + nth * 100, { endMs: index * 10_000 + nth * 100 + ms })),
    );
    return observed({ phases: [phase('async', 0), phase('sync', 10_000)], requests });
  };
  const slower = slowerWrites({ phase: 'sync', than: 'async' });

  it.each([
    [4, 9, true],
    [9, 4, false],
    [4, 4, false],
  ])('%d ms and %d ms: %s', (asyncMs, syncMs, holds) => {
    expect(slower.judge(both(asyncMs, syncMs))).toMatchObject({ holds, values: { ms: syncMs, thanMs: asyncMs } });
  });

  it('are drawn phase by phase, and not known of too few', () => {
    expect(slower.table(both(4, 9))?.rows).toEqual([
      ['async', '80', '4.0', '4.0'],
      ['sync', '80', '9.0', '9.0'],
    ]);
    const few = { ...both(4, 9), requests: both(4, 9).requests.slice(0, 40) };
    expect(slower.judge(few).holds).toBeNull();
    expect(slower.table(few)?.rows.at(-1)).toEqual(['sync', '0', '–', '–']);
  });
});

describe('waiting writes', () => {
  const waits = waitingWrites({ phase: 'sync', waitMs: 500, least: 0.5 });
  const due = (...ms: readonly number[]): Observed =>
    observed({
      phases: [{ name: 'sync', startMs: 0, endMs: 60_000, steady: steady({ startMs: 0, endMs: 60_000 }) }],
      requests: ms.map((latency, index) => request(index * 100, { endMs: index * 100 + latency, failed: latency >= 5_000 })),
    });
  const many = (count: number, ms: number): number[] => Array.from({ length: count }, () => ms);

  it.each([
    [due(...many(10, 4), ...many(5, 500), ...many(5, 5_000)), true, { share: 0.5, waited: 5, failed: 5 }],
    [due(...many(11, 499), ...many(9, 900)), false, { writes: 20, waited: 9, failed: 0 }],
    [due(...many(19, 900)), null, {}],
  ] as const)('%#', (seen, holds, values) => {
    expect(waits.judge(seen)).toMatchObject({ holds, values });
  });
});
