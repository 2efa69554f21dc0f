import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { Line } from '../data/lines.ts';
import { PALETTE, type Token } from '@loadstair/report-view';
import { chartData, chartOptions, linearRange, logRange, type ChartInput, type LinesPanel } from './chart-options.ts';
import { summaryOf } from './summary.ts';

const panel: LinesPanel = {
  kind: 'lines',
  id: 1,
  title: 'Latency',
  description: '',
  size: { columns: 12, lines: 7 },
  unit: { kind: 'seconds' },
  decimals: null,
  queries: [],
  absence: null,
  log: true,
  limit: 0.25,
};
const DARK = Object.fromEntries(Object.entries(PALETTE).map(([token, { dark }]) => [token, dark])) as Record<Token, string>;
const line = (name: string, ...values: (number | null)[]): Line => ({ name, colour: 'through', series: { labels: {}, values } });

describe('what uPlot is given', () => {
  it('has gaps where there is no value, and on a logarithmic axis where there is none above zero', () => {
    const lines = [line('p95', 0.1, null, 0)];
    const times = [100, 102, 104];
    expect(chartData({ panel, lines, times })).toEqual([times, [0.1, null, null]]);
    expect(chartData({ panel: { ...panel, log: false }, lines, times })).toEqual([times, [0.1, null, 0]]);
  });

  it('writes times from the start of the run, and values in the unit of the panel', () => {
    const options = chartOptions({
      panel,
      lines: [line('p95', 0.1)],
      times: [100],
      startS: 100,
      faults: [],
      stepStarts: [],
      syncKey: 'k',
      paper: { width: 300, height: 100, colours: DARK, forced: false, textScale: 1 },
      onCursor: () => {},
      exemplars: [],
      onRange: () => {},
      onTrace: () => {},
    } satisfies ChartInput);
    const written = (axis: number, splits: (number | null)[]): unknown => {
      const values = options.axes?.[axis]?.values as unknown as (plot: unknown, splits: (number | null)[]) => unknown;
      return values(undefined, splits);
    };
    expect(written(0, [100, 165])).toEqual(['0:00', '1:05']);
    expect(written(1, [0.01, 1])).toEqual(['10 ms', '1 s']);
    expect(options.series[1]).toMatchObject({ label: 'p95', stroke: PALETTE.through.dark });
  });
});

describe('ranges', () => {
  it.each([
    [0.4, 0, 0.92, [0, 0.9936]],
    [2, 0, 0.92, [0, 2.16]],
    [null, null, null, [0, 1]],
    [3, -1, null, [-1, 3.24]],
  ])('linear: highest %s, lowest %s, limit %s', (highest, lowest, limit, expected) => {
    expect(linearRange(highest, lowest, limit).map((end) => Number(end.toFixed(4)))).toEqual(expected);
  });

  it.each([
    [0.003, 0.9, 0.25, [0.001, 1]],
    [0.3, 0.4, 0.25, [0.1, 1]],
    [1, 1, null, [1, 10]],
    [null, null, null, [0.001, 1]],
  ])('logarithmic: lowest %s, highest %s, limit %s', (lowest, highest, limit, expected) => {
    expect(logRange(lowest, highest, limit).map((end) => Number(end.toPrecision(6)))).toEqual(expected);
  });
});

describe('summaryOf', () => {
  it('says the last and the highest of each line, and how many more there are', () => {
    const lines = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => line(name, 0.5, 0.02, null));
    expect(summaryOf(panel, lines)).toBe(
      'Latency: a 20 ms at the end, 500 ms at most; b 20 ms at the end, 500 ms at most; c 20 ms at the end, 500 ms at most; d 20 ms at the end, 500 ms at most; and 2 more.',
    );
  });

  it('says why there is nothing', () => {
    expect(summaryOf({ ...panel, absence: 'This stage has no tier lb.' }, [])).toBe('Latency: This stage has no tier lb.');
  });
});

it.each(['dashboard', 'contrast'])('the style sheet %s has no colours of its own', (name) => {
  expect(readFileSync(join(import.meta.dirname, `../${name}.css`), 'utf8')).not.toMatch(/#[0-9a-f]{3,8}\b/i);
});
