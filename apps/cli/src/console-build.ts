import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, openSync, closeSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startProcess } from '@loadstair/kit/node';
import { LAB_FOLDER, REPO_FOLDER } from '@loadstair/lab-api/folders';
import type { Io } from '@loadstair/terminal-view/io';

/** What the console is built from; libraries are bundled from their sources. */
const SOURCES = [
  'apps/console/index.html',
  'apps/console/package.json',
  'apps/console/vite.config.mjs',
  'apps/console/src',
  'libs/analysis/src',
  'libs/dashboard-view/src',
  'libs/lab-api/src',
  'libs/labs/src',
  'libs/report-view/src',
  'libs/runs/src/replay',
  'libs/stages/src',
  'libs/stages/prices.json',
  'package-lock.json',
] as const;

/**
 * Builds the console when what it is built from has changed. A console that cannot be built is said and does not keep anybody
 * from measuring.
 */
export async function needConsole(io: Io): Promise<void> {
  const folder = join(REPO_FOLDER, 'apps', 'console');
  const stamp = join(folder, 'dist', 'web.stamp');
  const wanted = fingerprint(REPO_FOLDER, SOURCES);
  const isThere = existsSync(join(folder, 'dist', 'web', 'index.html'));
  if (isThere && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  const begun = Date.now();
  io.err.write(`${io.err.marks.now} console   building, its sources changed\n`);
  const log = join(LAB_FOLDER, 'log', 'console-build.log');
  if ((await build(folder, log)) !== 0) {
    io.err.write(`${io.err.marks.bad} console   could not be built; the lab works without it; see ${log}\n`);
    return;
  }
  writeFileSync(stamp, wanted);
  io.err.write(`${io.err.paint.good(io.err.marks.good)} console   built in ${((Date.now() - begun) / 1000).toFixed(1)} s\n`);
}

/** Hex digits that change when a file in one of the places does. */
export function fingerprint(root: string, places: readonly string[]): string {
  const hash = createHash('sha256');
  for (const place of places) addTo(hash, root, place);
  return hash.digest('hex');
}

function addTo(hash: ReturnType<typeof createHash>, root: string, place: string): void {
  const path = join(root, place);
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) return;
  if (found.isDirectory()) for (const name of readdirSync(path).sort()) addTo(hash, root, join(place, name));
  else hash.update(`${place}\0`).update(readFileSync(path)).update('\0');
}

async function build(folder: string, log: string): Promise<number> {
  mkdirSync(join(log, '..'), { recursive: true });
  const descriptor = openSync(log, 'w');
  const vite = join(REPO_FOLDER, 'node_modules', 'vite', 'bin', 'vite.js');
  const child = startProcess(process.execPath, [vite, 'build'], { cwd: folder, output: descriptor });
  closeSync(descriptor);
  const { code, failed } = await child.ended;
  if (failed !== null) throw failed;
  return code ?? 1;
}
