import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { wordingOf } from '@loadstair/words';
import type { Prose } from './prose.ts';

const UNEDITED = join(import.meta.dirname, '..', 'unedited.json');

/** Every place where a text is against the wording, as people read it in a test that fails: `README.md:12 “of it”: repeat the noun; …`. */
export function faultsOf(prose: readonly Prose[]): { readonly path: string; readonly fault: string }[] {
  return prose.flatMap(({ path, line, text }) =>
    wordingOf(text).map(({ found, instead }) => ({ path, fault: `${path}:${line} “${found}”: write ${instead}; in: ${text}` })),
  );
}

/** Files that are not edited yet. The list can only shrink. */
export function unedited(): string[] {
  return JSON.parse(readFileSync(UNEDITED, 'utf8')) as string[];
}
