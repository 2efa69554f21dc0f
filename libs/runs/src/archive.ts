import { existsSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { writeWhole } from '@loadstair/kit/node';
import { create } from 'tar';
import { BadRun } from './errors.ts';
import { FILE_MODE, unpackRun, type UnpackedRun } from './foreign/unpack-run.ts';
import { reportHtml } from './report/report.ts';
import { damaged, FILES, readEvents, readLabel, readRun, readSeries, wrongEvent, type OpenedRun } from './run-folder.ts';
import type { RunStore } from './store.ts';

/** Packs a run into one file that another lab can import. */
export async function exportRun(run: OpenedRun, file: string): Promise<string> {
  const target = resolve(file);
  if (!existsSync(dirname(target)))
    throw new BadRun(`${file} cannot be written.`, `folder ${dirname(target)} does not exist`, 'choose another place', 'E_NO_FOLDER');
  await create({ file: target, gzip: true, cwd: dirname(run.folder), portable: true }, [run.id]);
  return target;
}

/**
 * Unpacks an exported run into the store. The file may come from anywhere: only files a run has are taken, in modes of our own,
 * bounded in number and size, each is checked by its schema, and nothing is kept unless all hold. The report is made anew.
 *
 * @returns id of the run
 * @throws BadRun
 */
export async function importRun(store: RunStore, file: string): Promise<string> {
  if (!existsSync(file))
    throw new BadRun(`File ${file} does not exist.`, 'there is nothing to import', './lab export RUN FILE writes one', 'E_NO_FILE');
  const unpacked = await unpackRun(file, store.folder);
  try {
    const fresh = checkedRun(unpacked);
    const target = join(store.folder, unpacked.id);
    if (existsSync(target)) {
      if (sameRun(fresh.folder, target)) return unpacked.id;
      throw new BadRun(
        `A different run ${unpacked.id} is already stored.`,
        'both have the same name, but different contents',
        `move .lab/runs/${unpacked.id} away first`,
        'E_RUN_EXISTS',
      );
    }
    const manifest = { ...fresh.manifest, imported: { atMs: Date.now() } };
    writeWhole(join(fresh.folder, FILES.manifest), JSON.stringify(manifest, null, 2), { mode: FILE_MODE });
    writeWhole(join(fresh.folder, FILES.report), reportOf({ ...fresh, manifest }), { mode: FILE_MODE });
    renameSync(fresh.folder, target);
    return unpacked.id;
  } finally {
    rmSync(unpacked.temporary, { recursive: true, force: true });
  }
}

/** Every file of it by its schema. Throws BadRun. */
function checkedRun({ id, temporary }: UnpackedRun): OpenedRun {
  const folder = join(temporary, id);
  const run = readRun(folder, id);
  if (run.manifest.run !== id) throw damaged(folder, FILES.manifest, `it belongs to run ${run.manifest.run}`);
  if (existsSync(join(folder, FILES.series))) readSeries(folder);
  readLabel(folder);
  const wrong = wrongEvent(folder);
  if (wrong !== null) throw damaged(folder, FILES.events, `line ${wrong} is not an event`);
  return run;
}

/** A report that cannot be made shows that the files do not fit together. */
function reportOf(run: OpenedRun): string {
  try {
    return reportHtml({ ...run, events: readEvents(run.folder) });
  } catch (error) {
    throw damaged(run.folder, FILES.runData, `no report can be made from these data: ${(error as Error).message}`);
  }
}

function sameRun(a: string, b: string): boolean {
  const file = (folder: string): string => readFileSync(join(folder, 'run-data.json'), 'utf8');
  return readdirSync(b).includes('run-data.json') && file(a) === file(b);
}
