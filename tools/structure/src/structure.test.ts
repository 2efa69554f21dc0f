import { expect, it } from '@jest/globals';
import { additions, allowed, leftovers, MOST_ALLOWED, shrunk, structure } from './structure.ts';

const NOW = structure();

it('nobody knows a single tier, stage or component who need not, no file is too long, and no files import each other in a circle', () => {
  expect(additions(NOW, allowed())).toEqual([]);
});

it('nothing is allowed that is no longer there: npm run structure takes it off the list', () => {
  expect(leftovers(NOW, allowed())).toEqual([]);
});

it('few files are allowed to know a single tier, stage or component, each for a reason', () => {
  const entries = Object.values(allowed().rule);
  expect(entries.length).toBeLessThanOrEqual(MOST_ALLOWED);
  for (const { reason } of entries) expect(reason.length).toBeGreaterThan(20);
});

it('the list can shrink and not grow', () => {
  const before = {
    rule: {
      'a.ts': { knows: ['stage 3', 'tier db'], reason: 'because' },
      'gone.ts': { knows: ['kind redis'], reason: 'for old times’ sake' },
    },
    long: { 'a.ts': 400, 'b.ts': 310 },
    circles: [['a.ts', 'b.ts', 'c.ts']],
  };
  const now = {
    rule: { 'a.ts': ['tier db', 'tier lb'] },
    long: { 'a.ts': 350 },
    circles: [
      ['a.ts', 'b.ts'],
      ['x.ts', 'y.ts'],
    ],
  };
  expect(shrunk(now, before)).toEqual({
    rule: { 'a.ts': { knows: ['tier db'], reason: 'because' } },
    long: { 'a.ts': 350 },
    circles: [['a.ts', 'b.ts']],
  });
  expect(additions(now, before)).toEqual(['a.ts knows tier lb', 'a circle of imports: x.ts ↔ y.ts']);
  expect(additions({ ...now, long: { 'a.ts': 401 } }, before)).toContain('a.ts has 401 lines');
  expect(leftovers(now, before)).toEqual([
    'a.ts no longer knows stage 3',
    'gone.ts no longer knows kind redis',
    'b.ts is no longer too long',
  ]);
});
