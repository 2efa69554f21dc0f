import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EXPORT_PREFIX, exportRun, prune, staleExports, type OpenedRun } from '@loadstair/runs';
import type { Response } from 'express';

/** A run packed into one file, as `./lab export` does it. */
export async function sendExport(run: OpenedRun, response: Response): Promise<void> {
  // A labd that was killed in the middle of one could not clean up after itself.
  prune(staleExports());
  const folder = mkdtempSync(join(tmpdir(), EXPORT_PREFIX));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  response.once('close', remove);
  try {
    const file = join(folder, `${run.id}.tar.gz`);
    await exportRun(run, file);
    response.download(file, `loadstair-${run.id}.tar.gz`);
  } catch (error) {
    remove();
    throw error;
  }
}
