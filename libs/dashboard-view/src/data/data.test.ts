import { describe, expect, it } from '@jest/globals';
import { cut, timesOf } from './cut.ts';
import { heatClass, heatOf } from './heat.ts';
import { lastOf, legendOf, linesOf } from './lines.ts';
import type { DashboardData, Exemplar } from './panel-data.ts';
import { heldSpans, spansOf } from './states.ts';

const series = (labels: Record<string, string>, ...values: (number | null)[]) => ({ labels, values });

describe('linesOf', () => {
  const panel = {
    queries: [
      { refId: 'A', legend: '{{host}} CPU', colour: null },
      { refId: 'B', legend: 'limit', colour: 'limit' as const },
    ],
  };
  const data = {
    A: ['web-10', 'web-2', 'web-1', 'db-1', 'lb-1'].map((host) => series({ host }, 1)),
    B: [series({}, 20)],
    C: [series({}, 99)],
  };

  it('names and orders series as people count, colours the first, mutes the rest', () => {
    expect(linesOf(panel, data).map(({ name, colour }) => `${name} ${colour}`)).toEqual([
      'db-1 CPU through',
      'lb-1 CPU second',
      'web-1 CPU third',
      'web-2 CPU fourth',
      'web-10 CPU muted',
      'limit limit',
    ]);
  });

  it('keeps one host, and what belongs to none', () => {
    expect(linesOf(panel, data, 'web-2').map(({ name }) => name)).toEqual(['web-2 CPU', 'limit']);
  });

  it('leaves no gap in a name for a label that is not there', () => {
    expect(legendOf('{{job}} {{host}} {{component}}', { job: 'lab' })).toBe('lab');
  });
});

it('the last value is the last there is, not the last place', () => {
  expect(lastOf(series({}, 1, 2, null))).toBe(2);
  expect(lastOf(series({}, null))).toBeNull();
});

describe('spans', () => {
  it('join equal neighbours and stop at gaps', () => {
    expect(spansOf(series({}, 1, 1, null, 1, 0))).toEqual([
      { from: 0, to: 2, value: 1 },
      { from: 3, to: 4, value: 1 },
      { from: 4, to: 5, value: 0 },
    ]);
  });

  it('of what holds do not care for its value', () => {
    expect(heldSpans(series({}, null, 3, 4, null))).toEqual([{ from: 1, to: 3, value: 1 }]);
  });
});

describe('heatOf', () => {
  const grid = heatOf([series({ le: '+Inf' }, 10, null), series({ le: '0.1' }, 4, 2), series({ le: '0.5' }, 9, 1)]);

  it('takes cumulative buckets apart, in order, and never shows less than nothing', () => {
    expect(grid.bounds).toEqual([0.1, 0.5, Number.POSITIVE_INFINITY]);
    expect(grid.counts).toEqual([
      [4, 2],
      [5, 0],
      [1, null],
    ]);
    expect(grid.highest).toBe(5);
  });

  it.each([
    [null, null],
    [0, null],
    [1, 0],
    [30, 2],
    [100, 3],
  ])('count %s of 100 is class %s of four', (count, expected) => {
    expect(heatClass(count, 100, 4)).toBe(expected);
  });
});

describe('cut', () => {
  const at = (atMs: number): Exemplar => ({ atMs, value: 1, trace: 't', host: null });
  const data: DashboardData = {
    startMs: 10_000,
    endMs: 18_000,
    stepS: 2,
    panels: { 1: { A: [series({}, 0, 1, 2, 3, 4)], B: [series({}, 7)] } },
    annotations: { Steps: [series({ step: '1' }, null, 1, 1, null, null)] },
    exemplars: { 1: [at(11_000), at(12_000), at(16_000), at(16_500)] },
  };

  it('keeps the points inside, on the same grid, and single values as they are', () => {
    const part = cut(data, { fromMs: 11_000, toMs: 16_500 });
    expect(part).toEqual({
      startMs: 12_000,
      endMs: 16_000,
      stepS: 2,
      panels: { 1: { A: [series({}, 1, 2, 3)], B: [series({}, 7)] } },
      annotations: { Steps: [series({ step: '1' }, 1, 1, null)] },
      exemplars: { 1: [at(12_000), at(16_000)] },
    });
    expect(timesOf(part)).toEqual([12, 14, 16]);
  });

  it('is the same data when all of it is wanted', () => {
    expect(cut(data, { fromMs: 0, toMs: 99_000 })).toBe(data);
  });
});
