import type { DashboardData, PanelData, SeriesData, TimeRange } from './panel-data.ts';

/** Times of the grid, epoch s. */
export function timesOf({ startMs, endMs, stepS }: Pick<DashboardData, 'startMs' | 'endMs' | 'stepS'>): number[] {
  return Array.from({ length: Math.floor((endMs - startMs) / 1000 / stepS) + 1 }, (_, index) => startMs / 1000 + index * stepS);
}

/** The part of some data that lies in a range; values of instant queries stay. */
export function cut(data: DashboardData, { fromMs, toMs }: TimeRange): DashboardData {
  const points = timesOf(data).length;
  const first = Math.max(0, Math.ceil((fromMs - data.startMs) / 1000 / data.stepS));
  const last = Math.min(points - 1, Math.floor((toMs - data.startMs) / 1000 / data.stepS));
  if (first === 0 && last === points - 1) return data;
  const series = (all: readonly SeriesData[]): SeriesData[] =>
    all.map((one) => (one.values.length === points ? { labels: one.labels, values: one.values.slice(first, last + 1) } : one));
  const each = <Value, Result>(record: Readonly<Record<string, Value>>, change: (value: Value) => Result): Record<string, Result> =>
    Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
  const shownFromMs = data.startMs + first * data.stepS * 1000;
  const shownToMs = data.startMs + Math.max(first, last) * data.stepS * 1000;
  return {
    startMs: shownFromMs,
    endMs: shownToMs,
    stepS: data.stepS,
    panels: each(data.panels, (panel: PanelData) => each(panel, series)),
    annotations: each(data.annotations, series),
    exemplars: each(data.exemplars, (all) => all.filter(({ atMs }) => atMs >= shownFromMs && atMs <= shownToMs)),
  };
}
