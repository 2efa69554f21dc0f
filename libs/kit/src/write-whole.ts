import { closeSync, fchmodSync, fchownSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { Problem } from './problem.ts';

/** A write that the disk refused. Exit status 1. */
export class DiskRefused extends Problem {
  constructor(file: string, reason: string) {
    super({
      what: `${file} could not be written.`,
      why: reason,
      do: 'free some space, then run it again',
      code: 'E_DISK',
      exit: 1,
    });
  }
}

export interface WholeFileOptions {
  /** Who may read it; that of a new file when it is left out. */
  readonly mode?: number;
  /** User and group id it is given to; null and left out are who writes it. */
  readonly owner?: number | null;
  /** Left out, it is brought to the disk; not so for what lives no longer than its reader, where waiting for the disk is waste. */
  readonly lasting?: boolean;
}

/**
 * Written beside, brought to the disk and renamed: a reader sees the old file or the new one, after a power loss too. A link that
 * stands where it is written is removed, never followed.
 *
 * @throws DiskRefused
 */
export function writeWhole(file: string, text: string, { mode, owner = null, lasting = true }: WholeFileOptions = {}): void {
  const fresh = `${file}.new`;
  try {
    rmSync(fresh, { force: true });
    // `wx`: a link that was laid here meanwhile is an error, not a way to somewhere else.
    const descriptor = openSync(fresh, 'wx', mode);
    try {
      // The umask took from the mode at opening.
      if (mode !== undefined) fchmodSync(descriptor, mode);
      writeFileSync(descriptor, text);
      if (owner !== null) fchownSync(descriptor, owner, owner);
      if (lasting) fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(fresh, file);
    if (lasting) syncFolder(dirname(file));
  } catch (error) {
    throw new DiskRefused(file, (error as Error).message);
  }
}

/**
 * The same where the folder of the file may not be there yet.
 *
 * @throws DiskRefused
 */
export function writeWholeInNewFolder(file: string, text: string, options?: WholeFileOptions): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
  } catch (error) {
    throw new DiskRefused(file, (error as Error).message);
  }
  writeWhole(file, text, options);
}

/** A rename is on the disk once the folder is (fsync(2)). Windows opens no folders, and writes its directory entries through. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
