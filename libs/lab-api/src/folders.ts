import { join, resolve } from 'node:path';

/** The checkout that this program runs from. */
export const REPO_FOLDER = resolve(import.meta.dirname, '../../..');
/** What the lab writes: runs, instances, programs, logs. */
export const LAB_FOLDER = join(REPO_FOLDER, '.lab');

/** What a labd leaves for its clients; it removes the file when it ends in good order. */
export function stateFile(instance: number): string {
  return join(LAB_FOLDER, 'instances', String(instance), 'labd.json');
}

/** An instance has addresses of its own, by its number. */
export const MAX_INSTANCE = 120;

/** What names an instance on a command line; the first goes without. */
export function instanceWords(instance: number): string {
  return instance === 1 ? '' : ` --instance ${instance}`;
}
