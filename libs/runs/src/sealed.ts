import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { writeWhole } from '@loadstair/kit/node';
import { hashOf, type Topology } from '@loadstair/topology';
import { renderReport } from './report/report.ts';
import { FILES, readEvents, readManifest, readRun } from './run-folder.ts';
import { createStore, type RunStore } from './store.ts';

/**
 * Runs whose verdict nobody may see yet: until their cause is named they are in no list of runs. Sealed means out of the way, not
 * encrypted: the lab runs as root on the learner's own machine, and whoever is root can read everything.
 */
export function sealedRuns(labFolder: string): RunStore {
  return createStore(join(labFolder, 'sealed'));
}

/** Whether a run is sealed. */
export function isSealed(labFolder: string, run: string): boolean {
  return /^[0-9a-z]+$/.test(run) && existsSync(join(sealedRuns(labFolder).folder, run));
}

/**
 * Puts a sealed run with all others, with the site that it really had.
 *
 * @throws BadRun where it is damaged, and what the file system throws
 */
export function openSealed(
  labFolder: string,
  run: string,
  { topology, set }: { readonly topology: Topology; readonly set: readonly string[] },
): void {
  const folder = join(sealedRuns(labFolder).folder, run);
  const manifest = { ...readManifest(folder), topology, topologyHash: hashOf(topology), set };
  writeWhole(join(folder, FILES.manifest), JSON.stringify(manifest, null, 2));
  writeWhole(join(folder, FILES.report), renderReport({ ...readRun(folder, run), events: readEvents(folder) }));
  const runs = createStore(labFolder).folder;
  mkdirSync(runs, { recursive: true });
  renameSync(folder, join(runs, run));
}

/** Removes a sealed run that nobody will open. */
export function discardSealed(labFolder: string, run: string): void {
  if (isSealed(labFolder, run)) rmSync(join(sealedRuns(labFolder).folder, run), { recursive: true, force: true });
}
