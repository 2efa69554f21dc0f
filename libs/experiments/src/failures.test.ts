import { describe, expect, it } from '@jest/globals';
import { answersAgain } from './expectations/answers-again.ts';
import { downBetween } from './expectations/down-between.ts';
import { failuresWithin } from './expectations/failures-within.ts';
import { noFailures } from './expectations/no-failures.ts';
import { done, crashed, observed, requests, seen, steady } from './testing/observed.ts';

describe('failures', () => {
  const within = failuresWithin({ action: 'crash', windowMs: 1_000, marginMs: 250 });

  it.each([
    { about: 'none', from: 0, to: 0, holds: true, values: { failed: 0, outside: 0, recoverMs: 0 } },
    { about: 'under way when it died, and after', from: 9_990, to: 10_300, holds: true, values: { failed: 3, outside: 0, recoverMs: 270 } },
    { about: 'to the end of the window', from: 10_000, to: 11_300, holds: true, values: { failed: 13, outside: 0 } },
    { about: 'past the window', from: 10_000, to: 11_400, holds: false, values: { failed: 14, outside: 1 } },
    { about: 'before', from: 9_800, to: 9_900, holds: false, values: { failed: 1, outside: 1 } },
  ])('counts those of a crash: $about', ({ from, to, holds, values }) => {
    expect(within.judge(observed({ actions: [crashed], requests: requests(from, to) }))).toMatchObject({ holds, values });
  });

  it('knows of no window without the crash', () => {
    expect(within.judge(observed({ requests: requests() })).holds).toBeNull();
  });

  it.each([
    [['a'], 10_000, 10_200, true],
    [['a', 'b'], 10_000, 10_200, false],
    [['a', 'c'], 0, 0, null],
  ] as const)('none in %j when they fail from %d to %d: %s', (phases, from, to, holds) => {
    expect(noFailures({ phases }).judge(observed({ requests: requests(from, to) })).holds).toBe(holds);
  });

  it('leaves what was under way when the next phase began to that phase', () => {
    const across = [...requests(), { dueMs: 9_990, endMs: 10_040, failed: true }];
    expect(noFailures({ phases: ['a'] }).judge(observed({ requests: across })).holds).toBe(true);
    expect(noFailures({ phases: ['a', 'b'] }).judge(observed({ requests: across })).holds).toBe(false);
  });

  it.each([
    { from: 10_000, to: 15_000, holds: true },
    { from: 10_000, to: 14_900, holds: false },
    { from: 9_000, to: 15_000, holds: false },
  ])('a site that is down from $from to $to', ({ from, to, holds }) => {
    const replaced = done({ do: 'replace', tier: 'web' }, 15_000, 17_000);
    const result = downBetween({ from: 'crash', until: 'replace' }).judge(
      observed({ actions: [crashed, replaced], requests: requests(from, to) }),
    );
    expect(result).toMatchObject({ holds, values: { requests: 50, downMs: 7_000 } });
  });

  it.each([
    [steady(), true],
    [steady({ failed: 1 }), false],
    [steady({ requests: 0 }), null],
    [null, null],
  ])('answers again: %#', (is, holds) => {
    expect(answersAgain({ phase: 'a' }).judge(observed({ phases: [seen('a', 0, is)] })).holds).toBe(holds);
  });
});
