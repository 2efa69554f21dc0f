import { expect, it } from '@jest/globals';
import type { RunData, StepData } from '@loadstair/analysis';
import { withTraffic } from './traffic.ts';

const step = (offered: number, p95Ms: number, edges?: StepData['edges']): StepData =>
  ({
    index: 1,
    kind: 'load',
    offered,
    startMs: 0,
    endMs: 10_000,
    load: {
      planned: offered * 10,
      started: offered * 10,
      dropped: 0,
      completed: offered * 10,
      requests: 1000,
      failed: 0,
      latency: { scheme: 'log-1.02-from-0.1ms', counts: [[Math.floor(Math.log(p95Ms / 0.1) / Math.log(1.02)), 1000]], count: 1000 },
      inFlight: { start: 1, end: 1, mean: 1 },
      blocks: [],
    },
    use: [],
    originBytes: 2_000_000,
    ...(edges === undefined ? {} : { edges }),
  }) as unknown as StepData;

const run = (...steps: StepData[]): RunData =>
  ({ steps, profile: { slo: { quantile: 0.95, latencyMs: 250, errorShare: 0.01 } } }) as unknown as RunData;

const table = {
  date: '2026-01-02',
  currency: 'EUR',
  note: '',
  perLabCpuMonth: 1,
  perGiBMonth: 1,
  perGiBFromEdge: { east: 1, west: 2 },
  perGiBFromSite: 1,
};
const edges = [
  { host: 'edge-1', region: 'east', hits: 90, misses: 10, bytesOut: 1_000_000 },
  { host: 'edge-2', region: 'west', hits: 0, misses: 0, bytesOut: 1_000_000 },
];

it('is that of the highest load that held, priced by who sent it', () => {
  const { traffic } = withTraffic(run(step(10, 20, edges), step(20, 30, edges), step(30, 900, edges)), table);
  expect(traffic).toMatchObject({ load: 20, priced: '2026-01-02', currency: 'EUR' });
  expect(traffic?.edges).toMatchObject([
    { host: 'edge-1', hitRatio: 0.9, bytesPerS: 100_000 },
    { host: 'edge-2', hitRatio: null },
  ]);
  expect(traffic?.edges[1]?.perMonth).toBeCloseTo(2 * (traffic?.edges[0]?.perMonth ?? 0));
  expect(traffic?.site.perMonth).toBeCloseTo(2 * (traffic?.edges[0]?.perMonth ?? 0));
});

it('is nothing where there are no edges, or nothing held', () => {
  for (const one of [run(step(10, 20)), run(step(10, 900, edges))]) expect(withTraffic(one, table)).toBe(one);
});
