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

/** What changes for those who ask their machine for more contrast: text at 7:1, marks and lines that are decoration else at 4.5:1. */
export const MORE_CONTRAST = {
  bg: { light: '#ffffff', dark: '#000000' },
  surface: { light: '#f5f6f8', dark: '#11151a' },
  ink: { light: '#000000', dark: '#ffffff' },
  muted: { light: '#333b47', dark: '#d3dae1' },
  hairline: { light: '#667080', dark: '#8c98a4' },
  border: { light: '#1a1f26', dark: '#e8ecf0' },
  through: { light: '#004a7a', dark: '#8fd0ff' },
  limit: { light: '#8a2c06', dark: '#ffb48a' },
  pass: { light: '#005640', dark: '#63ddb8' },
  'heat-2': { light: '#8fbfe0', dark: '#235a84' },
  'heat-3': { light: '#1c5480', dark: '#8fd0ff' },
  'heat-4': { light: '#8a2c06', dark: '#ffb48a' },
  'heat-ink-0': { light: '#000000', dark: '#ffffff' },
  'heat-ink-1': { light: '#000000', dark: '#ffffff' },
  'heat-ink-2': { light: '#000000', dark: '#ffffff' },
  'heat-ink-3': { light: '#ffffff', dark: '#000000' },
  'heat-ink-4': { light: '#ffffff', dark: '#000000' },
  'series-4': { light: '#566070', dark: '#8db8d6' },
} as const satisfies Partial<Record<Token, Readonly<Record<Theme, string>>>>;

/**
 * For those who chose all colours themselves: each is one of theirs. Only what a heat of the highest class stands on is theirs for
 * what is selected; a limit has its mark, its dashes or its outline.
 */
export const FORCED = {
  bg: 'Canvas',
  surface: 'Canvas',
  ink: 'CanvasText',
  muted: 'CanvasText',
  hairline: 'GrayText',
  border: 'CanvasText',
  through: 'LinkText',
  limit: 'CanvasText',
  wash: 'Canvas',
  pass: 'CanvasText',
  'heat-0': 'Canvas',
  'heat-1': 'Canvas',
  'heat-2': 'Canvas',
  'heat-3': 'Canvas',
  'heat-4': 'Highlight',
  'heat-ink-0': 'CanvasText',
  'heat-ink-1': 'CanvasText',
  'heat-ink-2': 'CanvasText',
  'heat-ink-3': 'CanvasText',
  'heat-ink-4': 'HighlightText',
  'series-2': 'VisitedText',
  'series-3': 'GrayText',
  'series-4': 'GrayText',
} as const satisfies Record<Token, string>;

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

/** The style sheet that gives each colour as `--token`, by the theme of the machine or the one that was chosen, and by what else is asked of it. */
export function tokensCss(): string {
  const pairs = (colours: Partial<Record<Token, Readonly<Record<Theme, string>>>>): string[] =>
    Object.entries(colours).map(([token, { light, dark }]) => `--${token}: light-dark(${light}, ${dark});`);
  const indented = (lines: readonly string[], by: string): string => lines.map((line) => by + line).join('\n');
  return `/* Generated from palette.ts by npm run tokens; tokens.test.ts computes contrasts. */
:root {
  color-scheme: light dark;
${indented(pairs(PALETTE), '  ')}
}
:root[data-theme='light'] {
  color-scheme: light;
}
:root[data-theme='dark'] {
  color-scheme: dark;
}
@media (prefers-contrast: more) {
  :root {
${indented(pairs(MORE_CONTRAST), '    ')}
  }
}
@media (forced-colors: active) {
  :root {
${indented(
  Object.entries(FORCED).map(([token, colour]) => `--${token}: ${colour};`),
  '    ',
)}
  }
}
`;
}
