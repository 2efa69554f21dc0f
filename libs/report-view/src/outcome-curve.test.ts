import { expect, it } from '@jest/globals';
import type { OutcomeCurve } from '@loadstair/experiments/outcome';
import { outcomeCurve } from './outcome-curve.ts';

const line = (title: string, ...values: readonly number[]): OutcomeCurve['lines'][number] => ({
  title,
  unit: '%',
  points: values.map((value, index) => ({ at: 10 ** index, phase: `phase ${index}`, value })),
});

it('draws a chart a quantity, with a mark for every point and its numbers for who cannot see it', () => {
  const { text } = outcomeCurve({ over: 'time to live', unit: 's', lines: [line('hits', 10, 40, 90), line('stale answers', 0, 1, 7)] });
  expect(text.match(/<svg/g)).toHaveLength(2);
  expect(text.match(/<circle/g)).toHaveLength(6);
  expect(text).toContain('stale answers over time to live: 0.00 % at 1 s, 1.0 % at 10 s, 7.0 % at 100 s');
  expect(text.match(/<td>[^<]*<\/td>/g)).toEqual(
    ['1', '10.0', '0.00', '10', '40.0', '1.0', '100', '90.0', '7.0'].map((cell) => `<td>${cell}</td>`),
  );
});

it('puts higher values higher, and equal steps of a factor equally far apart', () => {
  const { text } = outcomeCurve({ over: 'time to live', unit: 's', lines: [line('hits', 10, 40, 90)] });
  const marks = [...text.matchAll(/cx="([\d.]+)"\s+cy="([\d.]+)"/g)].map(([, x, y]) => [Number(x), Number(y)] as const);
  const [first, second, third] = marks as [readonly [number, number], readonly [number, number], readonly [number, number]];
  expect(first[1]).toBeGreaterThan(second[1]);
  expect(second[1]).toBeGreaterThan(third[1]);
  expect(second[0] - first[0]).toBeCloseTo(third[0] - second[0], 3);
});

it('draws a quantity that is nothing everywhere', () => {
  const { text } = outcomeCurve({ over: 'replicas', unit: '', lines: [line('stale answers', 0, 0)] });
  expect(text).not.toContain('NaN');
});
