import { expect, it } from '@jest/globals';
import { placeTopology, type Placement, type Tier } from '@loadstair/topology';
import { cameIn } from './came.ts';
import type { Samples, SoftSample } from './samples.ts';

const WINDOW = { startMs: 2_000, endMs: 6_000 };
const tier = (name: string, components: Tier['components'], open: boolean, count = 1): Tier => ({
  name,
  count,
  cpu: 1,
  memoryMiB: 256,
  components,
  settings: {},
  public: open,
  distanceMs: 0,
});
const place = (...tiers: Tier[]): Placement =>
  placeTopology({ stage: 1, slug: '', title: '', tiers, links: [] }, { instance: 1, labFolder: '/' });

/** Eight seconds of a host that counts so much a second. */
function counting(host: string, perS: number, as: (total: number) => Partial<SoftSample>): SoftSample[] {
  const nothing = { inUse: null, waiting: null, waitSeconds: null, busySeconds: null, acquisitions: null };
  return Array.from({ length: 9 }, (_, second) => ({
    host,
    component: '',
    kind: 'slots' as const,
    atMs: second * 1_000,
    ...nothing,
    ...as(1_000 + perS * second),
  }));
}
const requests = (total: number): Partial<SoftSample> => ({ requests: total });
const files = (hits: number): Partial<SoftSample> => ({
  kind: 'files',
  files: { hits, misses: 3 * hits, bytesOut: 0, objects: 0, storedBytes: 0, evicted: 0, failures: 0 },
});
const samples = (...soft: SoftSample[][]): Samples => ({ readings: [], soft: soft.flat(), probes: [] });

it('is what the hosts that clients reach counted; those behind them say nothing of it', () => {
  const site = place(tier('lb', ['haproxy'], true), tier('web', ['site'], false, 2));
  const all = samples(counting('lb-1', 50, requests), counting('web-1', 25, requests), counting('web-2', 25, requests));
  expect(cameIn(site, all, WINDOW)).toEqual({ came: 200 });
});

it('of an edge is what it had: what it fetches is counted where it comes from', () => {
  const site = place(tier('lb', ['haproxy'], true), tier('edge', ['varnish'], true));
  expect(cameIn(site, samples(counting('lb-1', 50, requests), counting('edge-1', 10, files)), WINDOW)).toEqual({ came: 240 });
});

it('is not known where one of them does not count', () => {
  const site = place(tier('lb', ['haproxy'], true), tier('edge', ['varnish'], true));
  expect(cameIn(site, samples(counting('lb-1', 50, requests)), WINDOW)).toEqual({});
  expect(cameIn(place(tier('web', ['site'], true)), samples(), WINDOW)).toEqual({});
});
