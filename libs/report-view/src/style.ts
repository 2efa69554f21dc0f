import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const read = (name: string): string => readFileSync(join(import.meta.dirname, '../src', name), 'utf8');

/** The stylesheet of a page that stands alone; the console bundles the same files. */
export const STYLE = ['tokens', 'text', 'charts', 'tables', 'topology', 'screens'].map((name) => read(`${name}.css`)).join('');
