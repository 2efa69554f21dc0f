/** Colours of ux.md §5, light and dark: the one place. `tokens.css` is made from it (`npm run tokens`), canvases and Grafana read it. */
export const PALETTE = {
  bg: { light: '#ffffff', dark: '#11151a' },
  surface: { light: '#f5f6f8', dark: '#1a2027' },
  ink: { light: '#1a1f26', dark: '#e8ecf0' },
  muted: { light: '#566070', dark: '#9aa6b2' },
  hairline: { light: '#d5dae0', dark: '#2e3640' },
  border: { light: '#7c8794', dark: '#66717e' },
  through: { light: '#0067a6', dark: '#56b4e9' },
  limit: { light: '#c2410c', dark: '#ff8a4c' },
  wash: { light: '#fdeee6', dark: '#33201a' },
  pass: { light: '#00805f', dark: '#2fbf95' },
  'heat-0': { light: '#eaf2f9', dark: '#1c2a38' },
  'heat-1': { light: '#c3dcef', dark: '#1f4467' },
  'heat-2': { light: '#8fbfe0', dark: '#2a6796' },
  'heat-3': { light: '#2f79b5', dark: '#6fb6e6' },
  'heat-4': { light: '#c2410c', dark: '#ff8a4c' },
  'heat-ink-0': { light: '#1a1f26', dark: '#e8ecf0' },
  'heat-ink-1': { light: '#1a1f26', dark: '#ffffff' },
  'heat-ink-2': { light: '#1a1f26', dark: '#ffffff' },
  'heat-ink-3': { light: '#ffffff', dark: '#11151a' },
  'heat-ink-4': { light: '#ffffff', dark: '#11151a' },
  'series-2': { light: '#5b2a86', dark: '#b9e3ff' },
  'series-3': { light: '#00574f', dark: '#f2e58a' },
  'series-4': { light: '#7c8794', dark: '#5e8fb0' },
} as const;
export type Token = keyof typeof PALETTE;
export type Theme = 'light' | 'dark';

/** What a colour means in a chart. One of them is warm, and it means "at its limit". */
export const CHART_TOKENS = {
  ink: 'ink',
  muted: 'muted',
  through: 'through',
  limit: 'limit',
  second: 'series-2',
  third: 'series-3',
  fourth: 'series-4',
} as const satisfies Record<string, Token>;
export type ChartColour = keyof typeof CHART_TOKENS;

/** Of series that stand side by side, in order; more of them are muted. */
export const SERIES_COLOURS: readonly ChartColour[] = ['through', 'second', 'third', 'fourth'];

export function chartColour(role: ChartColour, theme: Theme): string {
  return PALETTE[CHART_TOKENS[role]][theme];
}

/** The style sheet that gives each colour as `--token`, by the theme of the machine or the one that was chosen. */
export function tokensCss(): string {
  const tokens = Object.entries(PALETTE).map(([token, { light, dark }]) => `  --${token}: light-dark(${light}, ${dark});`);
  return `/* Generated from palette.ts by npm run tokens; tokens.test.ts computes contrasts. */
:root {
  color-scheme: light dark;
${tokens.join('\n')}
}
:root[data-theme='light'] {
  color-scheme: light;
}
:root[data-theme='dark'] {
  color-scheme: dark;
}
`;
}
