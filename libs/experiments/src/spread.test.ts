import { describe, expect, it } from '@jest/globals';
import { spreadsEvenly } from './expectations/even-spread.ts';
import { movedAway } from './expectations/moved-away.ts';
import type { Observed } from './observed.ts';
import { host, observed, seen, steady } from './testing/observed.ts';

describe('spread', () => {
  const even = spreadsEvenly({ phase: 'a', tier: 'web', within: 0.05 });
  const served = (...counts: readonly (number | null)[]): Observed =>
    observed({ phases: [seen('a', 0, steady({ hosts: counts.map((count, index) => host(`web-${index + 1}`, { served: count })) }))] });

  it.each([
    { counts: [100, 101], holds: true },
    { counts: [100, 112], holds: false },
    { counts: [100, 100, 91], holds: false },
    { counts: [200, 0], holds: false },
    { counts: [10, 10], holds: null },
    { counts: [200, null], holds: null },
  ])('of $counts', ({ counts, holds }) => {
    expect(even.judge(served(...counts)).holds).toBe(holds);
  });

  it('shows every server, and leaves out one that is gone', () => {
    const hosts = [host('web-2', { served: 50 }), host('web-1', { served: 50 }), host('web-3', { served: 0, alive: false })];
    const result = even.judge(observed({ phases: [seen('a', 0, steady({ hosts }))] }));
    expect(result).toMatchObject({ holds: true, details: ['web-1  50 requests, 50.0 %', 'web-2  50 requests, 50.0 %'] });
  });

  it.each([
    { dead: 0, living: 150, holds: true },
    { dead: 3, living: 150, holds: false },
    { dead: 0, living: 3, holds: null },
  ])('moves away from the dead: $dead and $living', ({ dead, living, holds }) => {
    const hosts = [host('web-1', { served: dead, alive: false }), host('web-2', { served: living })];
    expect(movedAway({ phase: 'a', tier: 'web' }).judge(observed({ phases: [seen('a', 0, steady({ hosts }))] })).holds).toBe(holds);
  });
});
