import { chown } from 'node:fs/promises';
import { writeWhole } from '@loadstair/kit/node';

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
