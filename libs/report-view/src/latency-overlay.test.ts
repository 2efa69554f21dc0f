import { expect, it } from '@jest/globals';
import { latencyOverlay, type OverlaidArm } from './latency-overlay.ts';

const slo = { quantile: 0.95, latencyMs: 250, errorShare: 0.01 };
const point = (at: number, ms: number, range: readonly [number, number] | null = null): OverlaidArm['latency']['share'][number] => ({
  at,
  ms,
  requests: 1940,
  range,
});
const arms: OverlaidArm[] = [
  {
    label: '1 single-server',
    latency: { load: [point(20, 61), point(40, 812)], share: [point(0.5, 61), point(1, 812, [600, 900]), point(1.4, 4100)] },
  },
  { label: '2 separate-database', latency: { load: [point(40, 44)], share: [] } },
];

it('has the chosen arm in blue over the others, each named at its end, with what it shows in a sentence', () => {
  const { text } = latencyOverlay(arms, slo, '1 single-server', 'load');
  expect(text).toContain(
    'aria-label="p95 over load: 1 single-server 61 ms at 20.0/s, 812 ms at 40.0/s; 2 separate-database 44 ms at 40.0/s, 44 ms at 40.0/s"',
  );
  const lines = [...text.matchAll(/<path class="(line \w*)"/g)].map(([, kind]) => kind);
  expect(lines).toEqual(['line muted', 'line ']);
  expect(text).toContain('1 single-server, 40.0/s: p95 812 ms, n 1,940');
});

it('over the share of its own capacity shows no more than what is near it, and no arm without one', () => {
  const { text } = latencyOverlay(arms, slo, null, 'share');
  expect(text).toContain('1 single-server 61 ms at 50 %, 812 ms at 100 %"');
  expect(text).not.toContain('4,100');
  expect(text).not.toContain('2 separate-database');
  expect(text.match(/class="range /g)).toHaveLength(1);
});
