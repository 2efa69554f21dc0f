import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createStore } from '@loadstair/runs';
import { addressPrefix } from '@loadstair/topology';

/** Names of the folders of runs, those of damaged runs too. */
export function runIds(labFolder: string): readonly string[] {
  const folder = join(labFolder, 'runs');
  return existsSync(folder) ? readdirSync(folder) : [];
}

/**
 * Folders of runs that appeared in a round of this instance.
 *
 * @param before folders that were there when the round began
 * @param output what the command of the round wrote, which names its run
 * @param alone no other lab of this checkout ran meanwhile, so that every new folder is from this round
 */
export function runsOfRound(
  labFolder: string,
  round: { readonly instance: number; readonly before: readonly string[]; readonly output: string; readonly alone: boolean },
): string[] {
  const named = new Set([...round.output.matchAll(/\brun=(\S+)/g)].map(([, id]) => id));
  return runIds(labFolder)
    .filter((id) => !round.before.includes(id))
    .filter((id) => round.alone || named.has(id) || mentions(join(labFolder, 'runs', id, 'events.ndjson'), addressPrefix(round.instance)));
}

/** What is wrong with folders of runs, a line each: every one must be listed, as a run that can be read or as damaged. */
export function unreadableRuns(labFolder: string, ids: readonly string[]): string[] {
  const store = createStore(labFolder);
  try {
    const listed = new Map(store.list().map((run) => [run.id, run]));
    return ids.flatMap((id) => {
      const run = listed.get(id);
      if (run === undefined) return [`run ${id} is not listed`];
      if (run.kind === 'damaged') return run.reason === '' ? [`run ${id} is damaged, and the list does not say why`] : [];
      const failure = failureOf(() => store.open(id));
      return failure === null ? [] : [`run ${id} is listed as whole and cannot be opened: ${failure}`];
    });
  } catch (error) {
    return [`the list of runs fails: ${String(error)}`];
  }
}

export function removeRuns(labFolder: string, ids: readonly string[]): void {
  for (const id of ids) rmSync(join(labFolder, 'runs', id), { recursive: true, force: true });
}

function failureOf(read: () => unknown): string | null {
  try {
    read();
    return null;
  } catch (error) {
    return String(error);
  }
}

function mentions(file: string, text: string): boolean {
  try {
    return readFileSync(file, 'utf8').includes(text);
  } catch {
    return false;
  }
}
