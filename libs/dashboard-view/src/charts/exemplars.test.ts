import { expect, it } from '@jest/globals';
import type uPlot from 'uplot';
import type { Exemplar } from '../data/panel-data.ts';
import { exemplarAt } from './exemplars.ts';

/** A plot of 100 to 200 s and 0 to 1 s, 100 px wide and high. */
const plot = {
  scales: { x: { min: 100, max: 200 } },
  valToPos: (value: number, scale: string) => (scale === 'x' ? value - 100 : 100 - 100 * value),
} as unknown as uPlot;
const at = (seconds: number, value: number): Exemplar => ({ atMs: 1000 * seconds, value, trace: `${seconds} ${value}`, host: null });

it('a press is for the nearest point within reach', () => {
  const points = [at(110, 0.5), at(120, 0.5), at(150, 0.9)];
  expect(exemplarAt(plot, points, { left: 17, top: 52 })?.trace).toBe('120 0.5');
  expect(exemplarAt(plot, points, { left: 50, top: 20 })?.trace).toBe('150 0.9');
  expect(exemplarAt(plot, points, { left: 80, top: 50 })).toBeNull();
});

it('what is higher than the axis is reached at its end, what is outside of the time shown is not', () => {
  const points = [at(130, 7), at(99, 0.5)];
  expect(exemplarAt(plot, points, { left: 30, top: 2 })?.trace).toBe('130 7');
  expect(exemplarAt(plot, points, { left: 0, top: 50 })).toBeNull();
});
