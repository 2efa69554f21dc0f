import { describe, expect, it } from '@jest/globals';
import { bucketOf, type Histogram } from '@loadstair/analysis';
import { dueTimes, type PlannedStep, type RequestRow } from '@loadstair/loadprofiles';
import { parseLine } from './rows.ts';
import { stepLoad, TIMEOUT_MS, type StepRecord } from './step-load.ts';

const SEED = 5;
const BEGAN = 1_700_000_000_000;
const step: PlannedStep = { index: 1, kind: 'load', rate: 20, holdS: 10, settleS: 2 };
const window = { startMs: BEGAN + 2000, endMs: BEGAN + 10_000 };
const due = dueTimes(SEED, step).map((ms) => BEGAN + ms);
const plan = { seed: SEED, journeys: { browse: 1 } };
const inWindow = due.flatMap((ms, arrival) => (ms >= window.startMs && ms < window.endMs ? [arrival] : []));

/** Whether the slowest value of a histogram lies in the bucket of a latency. */
const slowestIs = (histogram: Histogram, ms: number): boolean => histogram.counts.at(-1)?.[0] === bucketOf(ms);

const row = (arrival: number, latencyMs: number, change: Partial<RequestRow> = {}): RequestRow => ({
  step: 1,
  arrival,
  journey: 'browse',
  name: 'feed',
  dueMs: due[arrival] as number,
  latencyMs,
  outcome: 'ok',
  status: 200,
  last: true,
  ...change,
});
const record = (rows: readonly RequestRow[], change: Partial<StepRecord> = {}): StepRecord => ({
  rows,
  late: new Map(due.map((_, arrival) => [arrival, 1])),
  beganMs: BEGAN,
  asOfMs: window.endMs + 20_000,
  ...change,
});
const all = (latencyMs: number): RequestRow[] => due.map((_, arrival) => row(arrival, latencyMs));

describe('stepLoad', () => {
  it('counts what was due in the window, and no settling second', () => {
    const load = stepLoad(record(all(30)), plan, step, window);
    expect(inWindow.length).toBeLessThan(due.length);
    expect(load).toMatchObject({ planned: inWindow.length, started: inWindow.length, dropped: 0, requests: inWindow.length, failed: 0 });
    expect(load.latency.count).toBe(inWindow.length);
    expect(load.meanArrivalMs).toBeCloseTo(30, 3);
    expect(load.blocks).toHaveLength(8);
    expect(load.blocks.reduce((sum, block) => sum + block.completed, 0)).toBe(load.completed);
  });

  it('keeps slow requests in the step they were due in', () => {
    const slow = inWindow.at(-1) as number;
    const rows = all(30).map((one) => (one.arrival === slow ? row(slow, 4000) : one));
    const load = stepLoad(record(rows), plan, step, window);
    expect(slowestIs(load.latency, 4000)).toBe(true);
    expect(load.requests).toBe(inWindow.length);
    // It came back after the window: not completed in it, but in flight at its end.
    const came = due.filter((ms, arrival) => {
      const end = ms + (arrival === slow ? 4000 : 30);
      return end >= window.startMs && end < window.endMs;
    }).length;
    expect(load.completed).toBe(came);
    expect(load.inFlight.end).toBeGreaterThanOrEqual(1);
  });

  it('counts an arrival that never came back as slow as it is known to be, and as failed from the timeout on', () => {
    const [hung = 0] = inWindow.slice(5);
    const rows = all(30).filter((one) => one.arrival !== hung);
    const soon = stepLoad(record(rows, { asOfMs: (due[hung] as number) + 900 }), plan, step, window);
    expect(soon.requests).toBe(inWindow.length);
    expect(soon.failed).toBe(0);
    expect(slowestIs(soon.latency, 900)).toBe(true);
    const late = stepLoad(record(rows), plan, step, window);
    expect(late.failed).toBe(1);
    expect(slowestIs(late.latency, TIMEOUT_MS)).toBe(true);
    expect(late.inFlight.end).toBeGreaterThanOrEqual(1);
  });

  it('counts as dropped what never began', () => {
    const missing = new Set(inWindow.slice(0, 7));
    const late = new Map(due.flatMap((_, arrival) => (missing.has(arrival) ? [] : [[arrival, 2] as const])));
    const load = stepLoad(
      record(
        all(30).filter((one) => !missing.has(one.arrival)),
        { late },
      ),
      plan,
      step,
      window,
    );
    expect(load).toMatchObject({ planned: inWindow.length, started: inWindow.length - 7, dropped: 7, requests: inWindow.length - 7 });
  });

  it('tells lateness by the nearest rank', () => {
    const late = new Map(due.map((_, arrival) => [arrival, inWindow.indexOf(arrival) + 1]));
    const { lateness } = stepLoad(record(all(30), { late }), plan, step, window);
    expect(lateness).toMatchObject({ p50Ms: Math.ceil(0.5 * inWindow.length), p99Ms: Math.ceil(0.99 * inWindow.length) });
  });

  it.each([
    // How many of n values may lie over the p99 in 95 of 100 samples: R's qbinom(0.95, n, 0.01).
    [1, 0],
    [60, 2],
    [160, 4],
    [1000, 15],
    [100_000, 1052],
  ])('tells what the p99 of %d arrivals is at least, beyond doubt', (arrivals, above) => {
    // Twice as many are due in all.
    const long: PlannedStep = { index: 1, kind: 'load', rate: Math.ceil(arrivals / 20), holdS: 40, settleS: 0 };
    const times = dueTimes(SEED, long);
    const late = new Map(times.slice(0, arrivals).map((_, arrival) => [arrival, arrival + 1]));
    const upToThose = { startMs: BEGAN, endMs: BEGAN + (times[arrivals] as number) };
    const { lateness } = stepLoad(record([], { late }), plan, long, upToThose);
    expect(lateness.p99AtLeastMs).toBe(arrivals - above);
  });

  it('obeys Little’s law where nothing crosses an edge', () => {
    // A window that arrivals neither enter nor leave: in flight = rate · time in system, exactly.
    const long = { startMs: BEGAN - 1000, endMs: BEGAN + 11_000 };
    const rows = due.map((_, arrival) => row(arrival, 20 + (arrival % 7) * 60));
    const load = stepLoad(record(rows), plan, step, long);
    expect(load.inFlight).toMatchObject({ start: 0, end: 0 });
    expect(load.inFlight.mean).toBeCloseTo((load.started / 12) * (load.meanArrivalMs / 1000), 9);
  });

  it('tells every kind of request with the share its journeys plan', () => {
    const rows = due.flatMap((ms, arrival) => [
      row(arrival, 10, { last: false }),
      row(arrival, 5, { name: 'photo', dueMs: ms + 10, last: false }),
      row(arrival, 5, { name: 'photo', dueMs: ms + 15 }),
    ]);
    const [bad = 0] = inWindow;
    const failing = rows.map((one) => (one.arrival === bad && one.name === 'feed' ? { ...one, outcome: 'wrong-body' as const } : one));
    const { byClass, failed, requests } = stepLoad(record(failing), plan, step, window);
    expect(requests).toBe(3 * inWindow.length);
    expect(failed).toBe(1);
    expect(byClass.map((one) => [one.name, one.requests, one.failed])).toEqual([
      ['feed', inWindow.length, 1],
      ['photo', 2 * inWindow.length, 0],
    ]);
    expect(byClass.map((one) => one.plannedShare)).toEqual([expect.closeTo(1 / 3, 9), expect.closeTo(2 / 3, 9)]);
  });

  it('counts what servers may have counted: by when it was sent, open ones and second tries too', () => {
    const [first = 0, second = 0, third = 0] = inWindow;
    const before = inWindow[0] === undefined ? 0 : inWindow[0] - 1;
    const rows = all(30).flatMap((one) => {
      // Due before the window, with a second request in it.
      if (one.arrival === before)
        return [
          { ...one, last: false },
          { ...one, dueMs: window.startMs + 5 },
        ];
      if (one.arrival === first) return [];
      if (one.arrival === second) return [{ ...one, via: 'fallback' as const, region: 'west' }];
      return one.arrival === third ? [{ ...one, outcome: 'not-sent' as const }] : [one];
    });
    expect(stepLoad(record(rows), plan, step, window).sent).toBe(inWindow.length + 1);
  });

  it('counts what the generator could not send apart from everything else', () => {
    const own = inWindow.slice(0, 3);
    const rows = all(30).map((one) =>
      own.includes(one.arrival) ? { ...one, outcome: 'not-sent' as const, status: 0, latencyMs: 0.1 } : one,
    );
    const load = stepLoad(record(rows), plan, step, window);
    expect(load).toMatchObject({ notSent: 3, requests: inWindow.length - 3, failed: 0, started: inWindow.length });
    expect(load.latency.count).toBe(inWindow.length - 3);
    expect(load.completed).toBe(stepLoad(record(all(30)), plan, step, window).completed - 3);
    expect(load.byClass).toMatchObject([{ name: 'feed', requests: inWindow.length - 3, failed: 0, plannedShare: 1 }]);
    expect(load).not.toHaveProperty('failures');
    expect(stepLoad(record(all(30)), plan, step, window)).not.toHaveProperty('notSent');
  });

  it('of nothing is nothing', () => {
    const load = stepLoad(record([], { late: new Map() }), { seed: 0, journeys: {} }, { ...step, rate: 0 }, window);
    expect(load).toMatchObject({ planned: 0, started: 0, completed: 0, requests: 0, failed: 0, meanArrivalMs: 0 });
    expect(load.inFlight).toEqual({ start: 0, end: 0, mean: 0 });
  });
});

describe('lines of the generator', () => {
  it('are read as they were written', () => {
    expect(parseLine('S,4,1700000000123.5')).toEqual({ kind: 'step', step: 4, beganMs: 1700000000123.5 });
    expect(parseLine('A,4,17,2.25')).toEqual({ kind: 'arrival', step: 4, arrival: 17, lateMs: 2.25 });
    expect(parseLine('R,4,17,browse,feed,1700000000200,61.5,2,200,1')).toEqual({
      kind: 'row',
      row: {
        step: 4,
        arrival: 17,
        journey: 'browse',
        name: 'feed',
        dueMs: 1700000000200,
        latencyMs: 61.5,
        outcome: 'wrong-body',
        status: 200,
        last: true,
      },
    });
    expect(parseLine('R,4,17,browse,feed,1700000000200,61.5,9,0,0')).toMatchObject({ row: { outcome: 'error', last: false } });
  });

  it.each([
    '',
    'S',
    'S,4',
    'S,four,1',
    'A,1,2',
    'A,1,2,',
    'R,4,17,browse,feed,170',
    'time="…" level=info',
    'R,4,17,a,b,x,y,0,200,1',
    'R,1,2,a,b,1,2,0,200,1,9',
  ])('are left alone when they are something else: %s', (line) => expect(parseLine(line)).toBeNull());
});

describe('buckets', () => {
  it('take what lies outside their range to its ends', () => {
    expect([bucketOf(-1), bucketOf(0), bucketOf(NaN), bucketOf(0.1), bucketOf(1e12), bucketOf(Infinity)]).toEqual([0, 0, 0, 0, 800, 800]);
  });
});
