import { describe, expect, it } from '@jest/globals';
import { placeTopology } from '@loadstair/topology';
import { DATABASES, PROMISES, type PromisedRow } from '../capabilities.ts';
import { offer, offeredIn, type Offered } from '../capability.ts';
import type { OperableSite } from '../site.ts';
import { predictLosses } from './predict-losses.ts';

const { signal } = new AbortController();
const siteWith = (...offers: readonly Offered[]): OperableSite => ({
  placement: placeTopology({ stage: 1, slug: '', title: '', tiers: [], links: [] }, { instance: 1, labFolder: '/nowhere' }),
  hosts: () => [],
  capability: (wanted) => offeredIn(offers, wanted),
});

describe('losses are predicted', () => {
  /** Two rows a second for 20 s before now, which is when the lag is read. */
  const rows = (): PromisedRow[] =>
    Array.from({ length: 40 }, (_, index) => ({
      ...{ table: 'comments', id: index, mark: '', user: 12, text: '' },
      ackedMs: Date.now() - 10 - index * 500,
    }));
  const predicted = async (waitsFor: number, ...behindS: readonly (number | null)[]) => {
    const replicas = behindS.map((seconds, index) => ({ host: `r-${index + 1}`, behindBytes: 2048, behindS: seconds }));
    const databases = {
      failover: () => Promise.reject(new Error('not asked')),
      recover: async () => [],
      guarantee: async () => {},
      lag: async () => ({ waitsFor, replicas }),
      missing: async () => [],
    };
    const site = siteWith(offer(DATABASES, new Map([['db', databases]])), offer(PROMISES, { promised: async () => rows() }));
    const { result, text } = await predictLosses({}).run(site, signal);
    return { ...predictLosses.result.parse(result), text };
  };

  it('by the lag of the least late replica and the rate of writes', async () => {
    const { lost, writesPerS, text } = await predicted(0, 8, 4);
    expect(writesPerS).toBeCloseTo(2, 0);
    expect(lost).toBeCloseTo(4 * writesPerS, 6);
    expect(text).toMatch(/^r-1 8\.0 s \(2 KiB\) behind, r-2 4\.0 s \(2 KiB\) behind; 2\.0 acknowledged writes\/s: \d\.\d would be lost$/);
    // The rate is that of the time that would be lost, not of a short while before its end.
    expect((await predicted(0, 40)).writesPerS).toBeCloseTo(2, 0);
  });

  it('as none where commits wait for a replica, and not at all where a lag is not known', async () => {
    expect(await predicted(1, 8)).toMatchObject({ lost: 0, text: expect.stringContaining('commits wait for 1') });
    expect(await predicted(0, 8, null)).toMatchObject({ lost: null });
    expect((await predicted(0, 0.0004)).lost).toBeLessThan(0.01);
  });
});
