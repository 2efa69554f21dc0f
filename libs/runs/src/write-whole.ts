import { closeSync, fchmodSync, fsyncSync, mkdirSync, openSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { DiskRefused } from './errors.ts';

/**
 * Written beside, brought to the disk and renamed: a reader sees the old file or the new one, after a power loss too. Throws DiskRefused.
 *
 * @param mode who may read it; that of a new file when it is left out
 */
export function writeWhole(file: string, text: string, mode?: number): void {
  try {
    const descriptor = openSync(`${file}.new`, 'w', mode);
    try {
      // A file that was left behind keeps its mode when it is opened.
      if (mode !== undefined) fchmodSync(descriptor, mode);
      writeFileSync(descriptor, text);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(`${file}.new`, file);
    syncFolder(dirname(file));
  } catch (error) {
    throw new DiskRefused(file, (error as Error).message);
  }
}

/** The same where the folder of the file may not be there yet. Throws DiskRefused. */
export function writeWholeInNewFolder(file: string, text: string, mode?: number): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
  } catch (error) {
    throw new DiskRefused(file, (error as Error).message);
  }
  writeWhole(file, text, mode);
}

/** A rename is on the disk once the folder is (fsync(2)). */
function syncFolder(folder: string): void {
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
