import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const read = (name: string): string => readFileSync(join(import.meta.dirname, '../src', name), 'utf8');

/** The stylesheet of a page that stands alone; the console bundles the same two files. */
export const STYLE = `${read('tokens.css')}${read('report.css')}`;
