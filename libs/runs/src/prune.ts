import { lstatSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bytesOnDisk, namesIn } from '@loadstair/kit/node';
import { baselineStore } from './comparison/comparison-store.ts';
import { recordedFolder } from './recorded/recorded-folder.ts';
import { createStore } from './store.ts';

/** Something that can go. */
export interface Prunable {
  readonly path: string;
  /** In words, for example `run k3f9`. */
  readonly what: string;
  readonly bytes: number;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const OLD_LOG_MS = 30 * DAY_MS;
const MOST_COMPILED_BYTES = 64 * 2 ** 20;
export const EXPORT_PREFIX = 'loadstair-export-';

/**
 * What of a lab's folder is no longer needed: runs beyond the newest ones, damaged runs, what was broken off, and old caches and logs.
 * Whatever was written within the last hour stays, because it may still go on; so do starred runs and those of the baseline.
 *
 * @param keep how many of the newest runs stay
 */
export function prunable(labFolder: string, keep: number, now = Date.now()): Prunable[] {
  return [
    ...oldRuns(labFolder, keep, now),
    ...named(join(labFolder, 'runs'), /^\.import-/, 'import that was broken off', HOUR_MS, now),
    ...named(recordedFolder(labFolder), /^\.import-/, 'recorded run that was not unpacked whole', HOUR_MS, now),
    ...named(join(labFolder, 'runs'), /^\.removed-/, 'run that was being deleted', HOUR_MS, now),
    ...named(join(labFolder, 'sealed', 'runs'), /^[0-9a-z]+$/, 'sealed run that nobody opened', DAY_MS, now),
    ...named(join(labFolder, 'cache'), /^postgres-.*\.building-\d+$/, 'database template that was never finished', HOUR_MS, now),
    ...named(join(labFolder, 'cache'), /^bundle-\w+$/, 'bundle that was being made or unpacked', HOUR_MS, now),
    ...oldTemplates(join(labFolder, 'cache'), now),
    ...bulkyCompiled(join(labFolder, 'cache')),
    ...named(join(labFolder, 'log'), /\.log(?:\.\d+)?$/, 'log', OLD_LOG_MS, now),
    ...staleExports(now),
  ];
}

/** Folders of exports whose labd was killed before they were sent, those of this user alone. */
export function staleExports(now = Date.now(), folder = tmpdir()): Prunable[] {
  return named(folder, new RegExp(`^${EXPORT_PREFIX}`), 'export that was interrupted', HOUR_MS, now);
}

/** Removes them; what somebody else removed meanwhile is gone as well. */
export function prune(items: readonly Prunable[]): void {
  for (const { path } of items) rmSync(path, { recursive: true, force: true });
}

function oldRuns(labFolder: string, keep: number, now: number): Prunable[] {
  const store = createStore(labFolder);
  const kept = new Set(baselineRuns(labFolder));
  const listed = store.list().filter(({ id }) => !isFresh(join(store.folder, id), now));
  const whole = store.list().filter((run) => run.kind === 'run');
  for (const { id } of [...whole.slice(0, keep), ...whole.filter(({ label }) => label.starred)]) kept.add(id);
  return listed
    .filter(({ id }) => !kept.has(id))
    .map(({ id, kind }) => itemAt(join(store.folder, id), kind === 'run' ? `run ${id}` : `damaged run ${id}`));
}

function baselineRuns(labFolder: string): readonly string[] {
  try {
    return baselineStore(labFolder).read();
  } catch {
    // There is none.
    return [];
  }
}

/** A run that goes on writes its events twice a second. */
function isFresh(folder: string, now: number): boolean {
  return [folder, ...namesIn(folder).map((name) => join(folder, name))].some((path) => ageMs(path, now) < HOUR_MS);
}

/** Each version of the schema and its rows has a template; the newest is the one in use. */
function oldTemplates(folder: string, now: number): Prunable[] {
  const templates = namesIn(folder).filter((name) => /^postgres-[\w-]+$/.test(name));
  const byAge = templates.map((name) => join(folder, name)).toSorted((a, b) => ageMs(a, now) - ageMs(b, now));
  return byAge.slice(1).flatMap((path) => (ageMs(path, now) < HOUR_MS ? [] : [itemAt(path, 'database template of an earlier version')]));
}

/** Node keeps what it compiled of every version of every file. */
function bulkyCompiled(folder: string): Prunable[] {
  return namesIn(folder)
    .filter((name) => name === 'compiled')
    .map((name) => itemAt(join(folder, name), 'compiled programs'))
    .filter(({ bytes }) => bytes > MOST_COMPILED_BYTES);
}

function named(folder: string, pattern: RegExp, what: string, olderThanMs: number, now: number): Prunable[] {
  return namesIn(folder)
    .filter((name) => pattern.test(name))
    .map((name) => join(folder, name))
    .filter((path) => isOurs(path) && ageMs(path, now) >= olderThanMs)
    .map((path) => itemAt(path, what));
}

/** Others may put anything under such a name into a folder that all may write to. */
function isOurs(path: string): boolean {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  return stat !== undefined && !stat.isSymbolicLink() && stat.uid === process.getuid?.();
}

function itemAt(path: string, what: string): Prunable {
  return { path, what, bytes: bytesOnDisk(path) };
}

function ageMs(path: string, now: number): number {
  return now - (lstatSync(path, { throwIfNoEntry: false })?.mtimeMs ?? now);
}
