import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { BadRun } from '../errors.ts';
import { unpackRun } from '../foreign/unpack-run.ts';
import { createStore, type RunStore } from '../store.ts';
import { PACKED } from './pack-recorded.ts';
import { recordedFolder } from './recorded-folder.ts';

/**
 * Unpacks recorded runs that are not unpacked yet. Two commands may do so at once: a run gets its name when all of it is there.
 *
 * @param files as `packRecorded` writes them, each named by its run
 * @throws BadRun where one cannot be read
 */
export async function unpackRecorded(labFolder: string, files: readonly string[]): Promise<void> {
  const folder = recordedFolder(labFolder);
  mkdirSync(folder, { recursive: true });
  for (const file of files) {
    const target = join(folder, basename(file, PACKED));
    if (existsSync(target)) continue;
    const { id, temporary } = await unpackRun(file, folder);
    try {
      if (join(folder, id) !== target)
        throw new BadRun(`${file} holds another run.`, `it holds run ${id}`, 'git status shows what was changed', 'E_NOT_AN_EXPORT');
      moveTo(join(temporary, id), target);
    } finally {
      rmSync(temporary, { recursive: true, force: true });
    }
  }
}

function moveTo(from: string, target: string): void {
  try {
    renameSync(from, target);
  } catch (error) {
    // Another command was first, and has the same run.
    if (!existsSync(target)) throw error;
  }
}

/**
 * Recorded runs in place of those of this lab: lists show them alone. A run of this lab can be read by its id all the same, because a
 * learner may have begun with it.
 *
 * @param ids of unpacked runs
 */
export function recordedStore(labFolder: string, ids: readonly string[]): RunStore {
  const all = createStore(labFolder);
  const recorded = createStore(join(labFolder, 'recorded'));
  return {
    ...all,
    folder: recorded.folder,
    create() {
      throw new BadRun('Nothing can be measured here.', 'these runs were recorded elsewhere', 'leave --recorded out', 'E_RECORDED_RUN');
    },
    list: (known) => recorded.list(known).filter(({ id }) => ids.includes(id)),
  };
}
