import { describe, expect, it } from '@jest/globals';
import type { Histogram, RegionLoad } from '@loadstair/analysis';
import { edgeHits } from './expectations/edge-hits.ts';
import { edgesAnswer } from './expectations/edges-answer.ts';
import { fellBack } from './expectations/fell-back.ts';
import { moreEdgeHits } from './expectations/more-edge-hits.ts';
import { siteBytes } from './expectations/site-bytes.ts';
import { soonerFiles } from './expectations/sooner-files.ts';
import { trafficPrice } from './expectations/traffic-price.ts';
import type { Observed, ObservedPhase, Steady } from './observed.ts';

/** All of one latency. */
const all = (ms: number, count: number): Histogram => ({
  scheme: 'log-1.02-from-0.1ms',
  counts: [[Math.floor(Math.log(ms / 0.1) / Math.log(1.02)), count]],
  count,
});

const region = (name: string, files: Partial<RegionLoad['files']>, fileMs = 5): RegionLoad => {
  const filled = { hit: 0, miss: 0, origin: 0, fallback: 0, ...files };
  const count = Object.values(filled).reduce((sum, one) => sum + one, 0);
  return { region: name, requests: count, failed: 0, latency: all(fileMs, count), files: filled, fileLatency: all(fileMs, count) };
};

const phase = (name: string, rest: Partial<Steady>): ObservedPhase => ({
  name,
  startMs: 0,
  endMs: 10_000,
  steady: {
    startMs: 0,
    endMs: 10_000,
    offered: 20,
    achieved: 20,
    requests: 400,
    failed: 0,
    quantileMs: 40,
    hosts: [],
    use: [],
    saturation: {},
    pricePerMonth: null,
    ...rest,
  },
});

const observed = (...phases: ObservedPhase[]): Observed => ({
  slo: { quantile: 0.95, latencyMs: 250, errorShare: 0.01 },
  phases,
  actions: [],
  requests: [],
});

describe('what edges had', () => {
  const seen = observed(
    phase('long', { regions: [region('east', { hit: 90, miss: 10 }), region('west', { hit: 80, miss: 20, origin: 50 }, 2)] }),
    phase('short', { regions: [region('east', { hit: 50, miss: 50 }), region('west', { hit: 50, miss: 50 }, 70)] }),
    phase('little', { regions: [region('east', { hit: 3 })] }),
  );

  it('is a share of what they were asked for, and not of what pages fetch from the site', () => {
    const result = edgeHits({ phase: 'long', least: 0.8, most: 1 }).judge(seen);
    expect(result).toMatchObject({ holds: true, measured: '85 % hits' });
    expect(edgeHits({ phase: 'short', least: 0.8, most: 1 }).judge(seen).holds).toBe(false);
    expect(edgeHits({ phase: 'little', least: 0, most: 1 }).judge(seen).holds).toBeNull();
  });

  it('compares phases, and how soon files reach a region', () => {
    expect(moreEdgeHits({ phase: 'long', than: 'short' }).judge(seen).holds).toBe(true);
    expect(moreEdgeHits({ phase: 'short', than: 'long' }).judge(seen).holds).toBe(false);
    expect(soonerFiles({ region: 'west', phase: 'long', than: 'short' }).judge(seen).holds).toBe(true);
    expect(soonerFiles({ region: 'west', phase: 'short', than: 'long' }).judge(seen).holds).toBe(false);
    expect(soonerFiles({ region: 'north', phase: 'long', than: 'short' }).judge(seen).holds).toBeNull();
  });
});

describe('what is sent and paid for', () => {
  const seen = observed(
    phase('with', { originBytes: 100_000, trafficPerMonth: 3 }),
    phase('without', { originBytes: 400_000, trafficPerMonth: 4, achieved: 40 }),
    phase('none', {}),
  );

  it('is that of an arrival, however many there were', () => {
    expect(siteBytes({ phase: 'with', than: 'without', least: 0, most: 1 }).judge(seen).values['ratio']).toBeCloseTo(0.5);
    const price = trafficPrice({ phase: 'with', than: 'without', least: 0, most: 1 }).judge(seen);
    expect(price.holds).toBe(false);
    expect(price.values['ratio']).toBeCloseTo(1.5);
    expect(siteBytes({ phase: 'with', than: 'none', least: 0, most: 1 }).judge(seen).holds).toBeNull();
  });
});

it('users of a dead edge are counted by the files they fetched elsewhere', () => {
  const seen = observed(phase('dead', { regions: [region('east', { fallback: 48, hit: 2 }), region('west', { hit: 50 })] }));
  expect(fellBack({ phase: 'dead', least: 0.4 }).judge(seen)).toMatchObject({ holds: true, measured: '48 of 100 files' });
  expect(fellBack({ phase: 'dead', least: 0.5 }).judge(seen).holds).toBe(false);
});

it('every edge must answer as expected, in order', () => {
  const answers = (second: 'hit' | 'none') => ({
    ...observed(),
    actions: [
      {
        action: { do: 'ask-edges', paths: ['/a', '/a'] },
        phase: 'first',
        beganMs: 0,
        endedMs: 1,
        result: {
          kind: 'done' as const,
          answers: [
            { edge: 'edge-1', path: '/a', from: 'miss' },
            { edge: 'edge-1', path: '/a', from: 'hit' },
            { edge: 'edge-2', path: '/a', from: 'miss' },
            { edge: 'edge-2', path: '/a', from: second },
          ],
        },
      },
    ],
  });
  const wanted = { about: 'kept', asking: 1, from: ['miss', 'hit'] } as const;
  expect(edgesAnswer(wanted).judge(answers('hit')).holds).toBe(true);
  expect(edgesAnswer(wanted).judge(answers('none')).holds).toBe(false);
  expect(edgesAnswer({ ...wanted, asking: 2 }).judge(answers('hit')).holds).toBeNull();
});
