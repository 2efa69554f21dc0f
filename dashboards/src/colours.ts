/**
 * Fixed colours of every chart (the light column of the palette): Grafana has no theme of ours, the console knows the dark twin of each.
 * One warm colour, and it means "at its limit".
 */
export const COLOURS = {
  ink: '#1A1F26',
  muted: '#566070',
  through: '#0067A6',
  limit: '#C2410C',
  second: '#5B2A86',
  third: '#00574F',
  fourth: '#7C8794',
} as const;
export type Colour = keyof typeof COLOURS;

/** Colours of a panel's queries in order, when none is asked for. */
export const SERIES_COLOURS: readonly Colour[] = ['through', 'second', 'third', 'fourth'];
