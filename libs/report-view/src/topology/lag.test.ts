import { expect, it } from '@jest/globals';
import { lagWords, worstLag } from './lag.ts';
import type { Lag, SiteNow } from './site-now.ts';

const run = (...behind: Lag[]): Pick<SiteNow, 'now'> => ({ now: { use: [], achievedPerS: 0, behind } });
const lag = (host: string, seconds: number | null, bytes: number): Lag => ({ host, seconds, bytes });

it('of several replicas the one furthest behind is told', () => {
  const now = run(lag('db-replica-1', 0, 0), lag('db-replica-2', 1.25, 9_000), lag('db-replica-3', 1.25, 20_000), lag('other-1', 9, 9));
  expect(worstLag(['db-replica-1', 'db-replica-2', 'db-replica-3'], now)?.host).toBe('db-replica-3');
  expect(worstLag(['db-replica-1'], now)).toEqual(lag('db-replica-1', 0, 0));
});

it('what was not read is not zero', () => {
  expect(worstLag(['db-replica-1'], { now: null })).toBeNull();
  expect(lagWords(worstLag(['db-replica-1'], run(lag('db-replica-2', 1, 1))))).toBe('');
});

it.each([
  [lag('r', 0, 0), 'lag 0'],
  [lag('r', 0.0421, 300), 'lag 42 ms'],
  [lag('r', 2.04, 3_000_000), 'lag 2.0 s'],
  [lag('r', null, 300), 'lag 300 B'],
  [lag('r', null, 12_400), 'lag 12 kB'],
  [lag('r', null, 3_400_000), 'lag 3.4 MB'],
])('%j in words', (one, words) => {
  expect(lagWords(one)).toBe(words);
});
