/** Roles of the palette that charts use; style sheets give each its colour in light and dark as `--chart-<role>`. */
export const CHART_COLOURS = {
  ink: { light: '#1A1F26', dark: '#E8ECF0' },
  muted: { light: '#566070', dark: '#9AA6B2' },
  through: { light: '#0067A6', dark: '#56B4E9' },
  limit: { light: '#C2410C', dark: '#FF8A4C' },
  second: { light: '#5B2A86', dark: '#B9E3FF' },
  third: { light: '#00574F', dark: '#F2E58A' },
  fourth: { light: '#7C8794', dark: '#5E8FB0' },
} as const;
export type ChartColour = keyof typeof CHART_COLOURS;
export type Theme = 'light' | 'dark';

/** Colours of series that stand side by side, in order; more of them are muted. */
export const SHADES: readonly ChartColour[] = ['through', 'second', 'third', 'fourth'];

/** A dashboard has a colour that is none of the palette's. */
export class UnknownColour extends Error {
  constructor(hex: string) {
    super(`The palette has no colour ${hex}.`);
    this.name = 'UnknownColour';
  }
}

/** The role of a colour as dashboards write it. Throws UnknownColour. */
export function colourOf(hex: string): ChartColour {
  const found = (Object.keys(CHART_COLOURS) as ChartColour[]).find((role) => CHART_COLOURS[role].light === hex.toUpperCase());
  if (found === undefined) throw new UnknownColour(hex);
  return found;
}

/** Steps of the heat classes, from pale to full, of the one hue. */
export const HEAT: Readonly<Record<Theme, readonly string[]>> = {
  light: ['#EAF2F9', '#C3DCEF', '#8FBFE0', '#2F79B5'],
  dark: ['#1C2A38', '#1F4467', '#2A6796', '#6FB6E6'],
};
