import { SERIES_COLOURS, type ChartColour } from '@loadstair/report-view';
import type { PanelView } from '../view/view-of.ts';
import type { PanelData, SeriesData } from './panel-data.ts';

/** One series of a panel with its name and colour. */
export interface Line {
  readonly name: string;
  readonly colour: ChartColour;
  readonly series: SeriesData;
}

/** `{{label}}` replaced by the value of the label; a label that is not there leaves no gap. */
export function legendOf(template: string, labels: Readonly<Record<string, string>>): string {
  return template
    .replaceAll(/\{\{\s*(\w+)\s*\}\}/g, (_, label: string) => labels[label] ?? '')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

/**
 * The series of a panel in the order of its queries, and by name within one.
 *
 * @param host only series of this host, and those of no host
 */
export function linesOf(panel: Pick<PanelView, 'queries'>, data: PanelData, host: string | null = null): Line[] {
  return panel.queries.flatMap(({ refId, legend, colour }) =>
    (data[refId] ?? [])
      .filter(({ labels }) => host === null || labels['host'] === undefined || labels['host'] === host)
      .map((series) => ({ name: legendOf(legend, series.labels), series }))
      .sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }))
      .map((line, index) => ({ ...line, colour: colour ?? SERIES_COLOURS[index] ?? ('muted' as const) })),
  );
}

/** The last value there is. */
export function lastOf({ values }: SeriesData): number | null {
  return values.findLast((value) => value !== null) ?? null;
}
