import { expect, it } from '@jest/globals';
import { trendChart, type DrawnTrend } from './trend-chart.ts';

const point = (run: string, load: number, more: Partial<DrawnTrend['points'][number]> = {}): DrawnTrend['points'][number] => ({
  run,
  at: '2026-11-30T12:00:00.000Z',
  load,
  interval: [load - 2, load + 2],
  name: '',
  topologyChanged: false,
  ...more,
});
const hrefOf = (run: string): string => `/runs/${run}`;

it('has a dot with its interval for each run, which leads to it', () => {
  const { text } = trendChart({ points: [point('a1', 36), point('b2', 38, { name: '<index>' })], changes: [], levels: [37] }, hrefOf);
  expect(text.match(/<circle/g)).toHaveLength(2);
  expect(text.match(/class="range chosen"/g)).toHaveLength(2);
  expect([...text.matchAll(/<a href="([^"]+)"/g)].map(([, href]) => href)).toEqual(['/runs/a1', '/runs/b2']);
  expect(text).toContain('aria-label="Capacity over 2 runs: 37.0/s, no change found"');
  expect(text).toContain('b2 &#60;index&#62;');
  expect(text).not.toContain('<index>');
});

it('marks where the level changes with its ratio, and draws a level for each part', () => {
  const points = [36, 36, 50, 50].map((load, index) => point(`r${index}`, load, { topologyChanged: index === 2 }));
  const { text } = trendChart({ points, changes: [{ at: 2, ratio: 1.389, interval: [1.3, 1.5] }], levels: [36, 50] }, hrefOf);
  expect(text.match(/class="level"/g)).toHaveLength(2);
  expect(text.match(/class="change"/g)).toHaveLength(1);
  expect(text.match(/class="topology-changed"/g)).toHaveLength(1);
  expect(text).toContain('×1.39</text');
  expect(text).toContain('aria-label="Capacity over 4 runs: 36.0/s, then ×1.39 to 50.0/s from run r2 on"');
  const [, before = '', after = ''] = /class="level"[^>]* y1="([\d.]+)"[^]*?class="level"[^>]* y1="([\d.]+)"/.exec(text) ?? [];
  expect(Number(after)).toBeLessThan(Number(before));
});
