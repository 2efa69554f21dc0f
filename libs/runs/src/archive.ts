import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { create, extract, list } from 'tar';
import { BadRun } from './errors.ts';
import { readRun, type OpenedRun } from './run-folder.ts';
import type { RunStore } from './store.ts';

const MAX_FILES = 500;
const MAX_BYTES = 512 * 2 ** 20;

/** Packs a run into one file that another lab can import. */
export async function exportRun(run: OpenedRun, file: string): Promise<string> {
  const target = resolve(file);
  if (!existsSync(dirname(target)))
    throw new BadRun(`${file} cannot be written.`, `there is no folder ${dirname(target)}`, 'choose another place', 'E_NO_FOLDER');
  await create({ file: target, gzip: true, cwd: dirname(run.folder), portable: true }, [run.id]);
  return target;
}

/**
 * Unpacks an exported run into the store. The file may come from anywhere: only plain files inside one folder are taken,
 * bounded in number and size, and nothing is kept unless it is a whole run.
 *
 * @returns id of the run
 * @throws BadRun
 */
export async function importRun(store: RunStore, file: string): Promise<string> {
  if (!existsSync(file)) throw new BadRun(`There is no file ${file}.`, 'nothing to import', './lab export RUN FILE makes one', 'E_NO_FILE');
  const id = await checkedId(file);
  mkdirSync(store.folder, { recursive: true });
  const temporary = mkdtempSync(join(store.folder, '.import-'));
  try {
    await extract({ file, cwd: temporary, strict: true, preserveOwner: false, noChmod: true });
    const fresh = readRun(join(temporary, id), id);
    const target = join(store.folder, id);
    if (existsSync(target)) {
      if (sameRun(fresh.folder, target)) return id;
      throw new BadRun(`There is another run ${id} here.`, 'the two differ', `move .lab/runs/${id} away first`, 'E_RUN_EXISTS');
    }
    renameSync(fresh.folder, target);
    return id;
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

/** Looks at every entry before anything is written; answers the one folder they are in. */
async function checkedId(file: string): Promise<string> {
  let files = 0;
  let bytes = 0;
  const problems: string[] = [];
  const folders = new Set<string>();
  try {
    await list({
      file,
      strict: true,
      onReadEntry(entry) {
        files += 1;
        bytes += entry.size;
        const parts = entry.path.split('/').filter((part) => part !== '');
        if (entry.type !== 'File' && entry.type !== 'Directory') problems.push(`${entry.path} is a ${entry.type}`);
        if (entry.path.startsWith('/') || parts.includes('..')) problems.push(`${entry.path} leads out of the folder`);
        if (parts[0] !== undefined) folders.add(parts[0]);
      },
    });
  } catch (error) {
    throw new BadRun(`${file} is not an exported run.`, (error as Error).message, './lab export RUN FILE makes one', 'E_NOT_AN_EXPORT');
  }
  if (files > MAX_FILES) problems.push(`it has ${files} files, more than ${MAX_FILES}`);
  if (bytes > MAX_BYTES) problems.push(`it unpacks to more than ${MAX_BYTES / 2 ** 20} MiB`);
  const [id] = folders;
  if (folders.size !== 1 || id === undefined || !/^[0-9a-z]+$/.test(id)) problems.push('it does not hold exactly one run');
  if (problems.length > 0 || id === undefined)
    throw new BadRun(`${file} is not an exported run.`, problems[0] ?? 'it is empty', './lab export RUN FILE makes one', 'E_NOT_AN_EXPORT');
  return id;
}

function sameRun(a: string, b: string): boolean {
  const file = (folder: string): string => readFileSync(join(folder, 'run-data.json'), 'utf8');
  return readdirSync(b).includes('run-data.json') && file(a) === file(b);
}
