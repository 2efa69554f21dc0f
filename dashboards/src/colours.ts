import { CHART_TOKENS, chartColour, SERIES_COLOURS, type ChartColour } from '@loadstair/report-view';

/** Fixed colours of every chart, as Grafana has them: it has no theme of ours, so the light ones; the console knows the dark twin of each. */
export const COLOURS = Object.fromEntries(
  (Object.keys(CHART_TOKENS) as ChartColour[]).map((role) => [role, chartColour(role, 'light').toUpperCase()]),
) as Readonly<Record<ChartColour, string>>;
export type Colour = ChartColour;

/** Colours of a panel's queries in order, when none is asked for. */
export { SERIES_COLOURS };
