import { expect, it } from '@jest/globals';
import { overlaidRuns, type OverlaidRun } from './overlaid-runs.ts';

const point = (atS: number, achieved: number, p95Ms: number | null): OverlaidRun['points'][number] => ({
  atS,
  offered: 20,
  achieved,
  p95Ms,
  busiest: achieved / 40,
});
const first: OverlaidRun = {
  label: 'k3f9 before',
  points: [point(1, 10, 40), point(2, 20, null), point(3, 20, 60), point(4, 20, 70)],
  marks: [{ atS: 2, text: 'crashed <web-1>' }],
};
const second: OverlaidRun = { label: 'm2x7', points: [point(1, 20, 30), point(2, 20, 30), point(65, 40, 30)], marks: [] };
const { text } = overlaidRuns([first, second], { latencyMs: 250 });
const lines = [...text.matchAll(/<path\s+class="line ([^"]*)"\s+d="([^"]*)"/g)].map(([, kind = '', d = '']) => ({ kind, d }));

it('draws both runs in each of the three plots, the second in ink', () => {
  expect(lines.filter(({ kind }) => kind.trim() === '')).toHaveLength(3);
  expect(lines.filter(({ kind }) => kind.trim() === 'ink')).toHaveLength(3);
  expect(lines.filter(({ kind }) => kind.startsWith('offered'))).toHaveLength(2);
});

it('begins both with their load, on one axis', () => {
  const starts = lines.map(({ d }) => /^M([\d.]+)/.exec(d)?.[1]);
  expect(new Set(starts).size).toBe(1);
  expect(text).toContain('>1:00</text');
});

it('leaves a gap where there was no request, and marks what was done', () => {
  const latency = lines.filter(({ kind }) => kind.trim() === '')[1];
  expect(latency?.d.match(/M/g)).toHaveLength(2);
  expect(text).toContain('k3f9 before: crashed &#60;web-1&#62;');
});

it('leaves a gap where there was no load for some seconds', () => {
  const achieved = lines.find(({ kind }) => kind.trim() === 'ink');
  expect(achieved?.d.match(/M/g)).toHaveLength(2);
});

it('says in a sentence what it shows', () => {
  expect(text).toContain('k3f9 before: 0:04 of load, highest achieved 20.0/s; m2x7: 1:05 of load, highest achieved 40.0/s');
});
