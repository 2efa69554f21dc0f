import { CHART_TOKENS, chartColour, type ChartColour } from '@loadstair/report-view';

/** A dashboard has a colour that is none of the palette's. */
export class UnknownColour extends Error {
  constructor(hex: string) {
    super(`The palette has no colour ${hex}.`);
    this.name = 'UnknownColour';
  }
}

/** The role of a colour as dashboards write it: the light one. Throws UnknownColour. */
export function colourOf(hex: string): ChartColour {
  const found = (Object.keys(CHART_TOKENS) as ChartColour[]).find((role) => chartColour(role, 'light') === hex.toLowerCase());
  if (found === undefined) throw new UnknownColour(hex);
  return found;
}
