import { describe, expect, it } from '@jest/globals';
import { nothingAnswered } from './expectations/nothing-answered.ts';
import { wholeAgain } from './expectations/whole-again.ts';
import type { ObservedRequest } from './observed.ts';
import { done, observed, requests } from './testing/observed.ts';

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
    expect(judged(requests(8_000, 20_000)).whole).toMatchObject({ holds: false, measured: 'no request was answered' });
  });

  it('is not known without the actions', () => {
    expect(nothing.judge(observed({ actions: [lost], requests: requests() })).holds).toBeNull();
    expect(whole.judge(observed({ actions: [lost], requests: requests() })).holds).toBeNull();
  });
});
