import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { staircase } from '@loadstair/report-view';
import { REPOSITORY } from './repository.ts';

/** What is drawn: the parts of a stored comparison that the staircase shows. */
export type Stairs = Parameters<typeof staircase>[0];

/** The data of the picture in the README, taken from a stored comparison. */
export const STAIRS = 'docs/pictures/staircase.json';
export const PICTURE = 'docs/pictures/staircase.svg';

/** The staircase of a comparison as a picture that stands alone: its colours follow the reader's theme. */
export function staircasePicture(stairs: Stairs): string {
  const drawn = staircase(stairs).text;
  const [, width, height] = /viewBox="0 0 (\d+) (\d+)"/.exec(drawn) ?? [];
  const style = `<style>${coloursOf(css('tokens'))}${rulesOf(css('charts'))}</style>`;
  const ground = `<rect width="${width}" height="${height}" fill="var(--bg)" />`;
  return drawn
    .replace('<svg ', '<svg xmlns="http://www.w3.org/2000/svg" ')
    .replace(/^(<svg [^>]*>)/, `$1${style}${ground}`)
    .replace(/\n\s+/g, '\n')
    .concat('\n');
}

function css(name: string): string {
  return readFileSync(join(REPOSITORY, 'libs/report-view/src', `${name}.css`), 'utf8');
}

/** The plain colours of both themes: a picture in a page has no theme of its own to switch, and old viewers know no light-dark(). */
export function coloursOf(tokens: string): string {
  const plain = /:root \{([^}]*)\}/.exec(tokens)?.[1] ?? '';
  const declarations = [...plain.matchAll(/(--[\w-]+): light-dark\(([^,]+), ([^)]+)\);/g)];
  const theme = (side: 2 | 3): string => `:root{${declarations.map((one) => `${one[1]}:${one[side]}`).join(';')}}`;
  return `${theme(2)}@media (prefers-color-scheme: dark){${theme(3)}}`;
}

/** Rules for what a staircase is drawn with. */
const DRAWN_WITH = ['svg text', 'svg text.ink', '.grid', '.axis', '.line', '.line.muted'];

function rulesOf(sheet: string): string {
  return [...sheet.matchAll(/^([^\s{}][^{}]*?) \{([^{}]*)\}/gm)]
    .filter(([, selector = '']) => DRAWN_WITH.includes(selector))
    .map(([, selector, body = '']) => `${selector}{${body.replace(/\s+/g, ' ').trim()}}`)
    .join('');
}
