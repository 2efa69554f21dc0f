import { expect, it } from '@jest/globals';
import { failoverLines, recoveredLines } from './failover-view.ts';

it('says who takes the writes, after how long, and what to do next', () => {
  const lines = failoverLines({ from: 'db-1', to: 'db-replica-2', fencedMs: 1_000, servingMs: 2_400 });
  expect(lines[0]).toBe('db-replica-2 is the primary and accepts writes, 1.4 s after db-1 stopped accepting them');
  expect(lines.at(-1)).toContain('./lab recover');
});

it('lists every row that cannot be restored, and says so when there was nothing', () => {
  expect(recoveredLines([])).toEqual(['No primary was replaced, so there is nothing to restore.']);
  expect(recoveredLines([{ host: 'db-1', restored: {}, present: 0, conflicts: [], diskGone: true }])).toEqual([
    'from db-1   nothing, because it was destroyed with its disk',
  ]);
  expect(recoveredLines([{ host: 'db-1', restored: {}, present: 12, conflicts: [] }])).toEqual([
    'from db-1   nothing was missing; 12 rows were present',
  ]);
  const conflicts = Array.from({ length: 22 }, (_, index) => ({
    table: 'orders',
    row: `id=${index}`,
    reason: 'another row was written in its place',
  }));
  const lines = recoveredLines([{ host: 'db-1', restored: { comments: 3, orders: 1 }, present: 8, conflicts }]);
  expect(lines[0]).toBe('from db-1   restored 3 comments, 1 orders; 8 rows were present');
  expect(lines[1]).toContain('22 rows cannot be restored');
  expect(lines[2]).toBe('    orders id=0: another row was written in its place');
  expect(lines.at(-1)).toContain('2 more: ./lab recover --json');
});
