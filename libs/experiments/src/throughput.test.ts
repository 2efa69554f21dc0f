import { describe, expect, it } from '@jest/globals';
import { random } from '@loadstair/kit';
import { nothingAnswered } from './expectations/nothing-answered.ts';
import { slo } from './expectations/slo.ts';
import { throughputChanges } from './expectations/throughput-ratio.ts';
import { wholeAgain } from './expectations/whole-again.ts';
import type { ObservedRequest } from './observed.ts';
import { done, observed, requests, seen, steady } from './testing/observed.ts';

describe('throughput', () => {
  /** About so many requests a second from one time to another: each of twice as many moments has one or not, by chance. */
  const answered = (perS: number, fromMs: number, toMs: number, seed: number, failed = false): ObservedRequest[] => {
    const next = random(seed);
    const moments = Math.round((2 * perS * (toMs - fromMs)) / 1000);
    return Array.from({ length: moments }, (_, index) => fromMs + ((index + 0.5) * (toMs - fromMs)) / moments)
      .filter(() => next() < 0.5)
      .map((endMs) => ({ dueMs: endMs - 20, endMs, failed }));
  };
  const phases = [seen('a', 0, steady({ startMs: 2_000, endMs: 10_000 })), seen('b', 1, steady({ startMs: 12_000, endMs: 20_000 }))];
  const judge = (a: number, b: number, seed: number, bounds: { least: number; most: number | null }) =>
    throughputChanges({ phase: 'b', than: 'a', ...bounds }).judge(
      observed({ phases, requests: [...answered(a, 2_000, 10_000, seed), ...answered(b, 12_000, 20_000, seed + 1)] }),
    );
  const EQUAL = { least: 0.8, most: 1.25 };

  it('is equal where its interval lies within the bounds, and not where it only may be', () => {
    expect(judge(200, 200, 1, EQUAL).holds).toBe(true);
    expect(judge(200, 250, 1, EQUAL).holds).toBe(false);
    // A handful of answers a second cannot show that nothing has changed.
    expect(judge(4, 4, 1, EQUAL).holds).toBe(false);
  });

  it('has grown where the whole interval says so', () => {
    expect(judge(200, 260, 1, { least: 1, most: null }).holds).toBe(true);
    expect(judge(200, 202, 1, { least: 1, most: null }).holds).toBe(false);
  });

  it('has an interval that covers what is so in some 95 of 100 cases', () => {
    const covered = Array.from({ length: 300 }, (_, index) => judge(100, 110, 10 * index, EQUAL).values).filter(
      ({ ratioLow, ratioHigh }) => Number(ratioLow) <= 1.1 && Number(ratioHigh) >= 1.1,
    ).length;
    expect(covered).toBeGreaterThanOrEqual(275);
    expect(covered).toBeLessThanOrEqual(298);
  });

  it('is that of right answers, and not known of a phase that is too short', () => {
    const wrong = [...answered(200, 2_000, 10_000, 1), ...answered(200, 12_000, 20_000, 2, true)];
    expect(throughputChanges({ phase: 'b', than: 'a', ...EQUAL }).judge(observed({ phases, requests: wrong })).holds).toBeNull();
    const short = [seen('a', 0, steady({ startMs: 2_000, endMs: 5_000 })), seen('b', 1)];
    expect(
      throughputChanges({ phase: 'b', than: 'a', ...EQUAL }).judge(observed({ phases: short, requests: requests() })).holds,
    ).toBeNull();
  });
});

it.each([
  [steady({ quantileMs: 240 }), true],
  [steady({ quantileMs: 260 }), false],
  [steady({ quantileMs: 40, failed: 8 }), false],
])('an SLO is met or missed by latency and by failed requests: %#', (is, met) => {
  const seenHere = observed({ phases: [seen('a', 0, is)] });
  expect(slo({ phase: 'a', met: true }).judge(seenHere).holds).toBe(met);
  expect(slo({ phase: 'a', met: false }).judge(seenHere).holds).toBe(!met);
});

describe('a host without which nothing is answered', () => {
  const lost = done({ do: 'power-loss', tier: 'lb' }, 8_000, 8_040, { kind: 'done', host: 'lb-1' });
  const back = done({ do: 'power-on', tier: 'lb' }, 14_000, 15_000, { kind: 'done', host: 'lb-1' });
  const nothing = nothingAnswered({ from: 'power-loss', until: 'power-on', underWayMs: 250 });
  const whole = wholeAgain({ after: 'power-on', withinMs: 500 });
  const judged = (all: readonly ObservedRequest[]) => {
    const what = observed({ actions: [lost, back], requests: all });
    return { nothing: nothing.judge(what), whole: whole.judge(what) };
  };
  /** Due while it was away, and answered when it was back: who waits long enough is served. */
  const waiting = { dueMs: 13_000, endMs: 15_100, failed: false };

  it('is away from one action to the other, and back', () => {
    expect(judged([...requests(8_000, 15_200), waiting])).toMatchObject({
      nothing: { holds: true, values: { right: 0, waiting: 1 } },
      whole: { holds: true, values: { firstMs: 1_100, lastFailedMs: 1_150, tookMs: 1_000, failedLater: 0 } },
    });
  });

  it('is not the only one where something was answered meanwhile', () => {
    expect(judged(requests(8_000, 12_000)).nothing).toMatchObject({ holds: false, values: { right: 20 } });
    expect(judged(requests(8_000, 8_000)).nothing.holds).toBe(false);
  });

  it('is not back where something fails later than it should', () => {
    expect(judged(requests(8_000, 15_700)).whole.holds).toBe(false);
    expect(judged(requests(8_000, 20_000)).whole).toMatchObject({ holds: false, measured: 'nothing was answered any more' });
  });

  it('is not known without the actions', () => {
    expect(nothing.judge(observed({ actions: [lost], requests: requests() })).holds).toBeNull();
    expect(whole.judge(observed({ actions: [lost], requests: requests() })).holds).toBeNull();
  });
});
