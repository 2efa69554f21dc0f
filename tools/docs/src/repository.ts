import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

export const REPOSITORY = resolve(import.meta.dirname, '../../..');

/** A text file of the repository. */
export interface TextFile {
  /** From the repository's folder, with slashes. */
  readonly path: string;
  readonly text: string;
}

const LEFT_OUT = ['node_modules', 'dist', '.lab', '.nx', '.git', 'fixtures', '__snapshots__'];

/** Files that match a pattern from the repository's folder, in the order of their paths; nothing built, installed or recorded. */
export function readFiles(patterns: readonly string[]): TextFile[] {
  return globSync(patterns, { cwd: REPOSITORY, exclude: (name) => LEFT_OUT.includes(name) })
    .filter((path) => !LEFT_OUT.some((folder) => path.split('/').includes(folder)))
    .sort()
    .map((path) => ({ path, text: readFileSync(join(REPOSITORY, path), 'utf8') }));
}

/** The documentation that people read on a code forge. */
export const readDocuments = (): TextFile[] => readFiles(['*.md', '.github/**/*.md', 'docs/**/*.md']);

/** The sources, tests included. */
export const readCode = (): TextFile[] => readFiles(['{apps,libs,tools,dashboards,loadprofiles}/**/*.{ts,tsx,css}', '*.mjs', 'lab']);
