import { chown, mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { writeWhole } from '@loadstair/kit/node';
import type { PlannedFile } from './component.ts';

/**
 * Writes a file that only its owner can read. It lives no longer than the instance.
 *
 * @param owner user and group id; null is who the lab runs as
 */
export async function writeOwned(file: string, text: string, owner: number | null): Promise<void> {
  writeWhole(file, text, { mode: 0o600, owner, lasting: false });
}

/** Gives one folder to a host. */
export async function giveTo(owner: number | null, folder: string): Promise<void> {
  if (owner !== null) await chown(folder, owner, owner);
}

/** Puts the files of a host in place, each whole, with its folder. */
export async function writeFiles(files: readonly PlannedFile[], owner: number | null): Promise<void> {
  for (const { path, text } of files) {
    await mkdir(dirname(path), { recursive: true });
    await writeOwned(path, text, owner);
  }
}
