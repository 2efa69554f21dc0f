import { chmodSync, chownSync, lstatSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Problem } from '@loadstair/kit';

/** Sockets and marks of running instances. Only root may write in /run, so nobody can lay a trap there, unlike in /tmp. */
export const RUN_FOLDER = '/run/loadstair';

/** A folder that is not what the lab made there. */
export class UnsafeFolder extends Problem {
  constructor(path: string, reason: string) {
    super({
      what: `${path} is not safe to use.`,
      why: reason,
      do: `inspect it, then remove it: rm -r ${path}`,
      code: 'E_UNSAFE_FOLDER',
      exit: 1,
    });
  }
}

/**
 * Makes a folder, or makes sure that one that is there is a folder of ours that others cannot write to. Never follows a link.
 *
 * @param owner user and group id; null is who the lab runs as
 * @throws UnsafeFolder
 */
export function makePrivateFolder(path: string, mode: number, owner: number | null = null): void {
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  const found = lstatSync(path);
  const ours = new Set([process.getuid?.() ?? 0, ...(owner === null ? [] : [owner])]);
  if (!found.isDirectory()) throw new UnsafeFolder(path, found.isSymbolicLink() ? 'it is a link' : 'it is not a folder');
  if (!ours.has(found.uid)) throw new UnsafeFolder(path, `it belongs to user id ${found.uid}`);
  if (owner !== null) chownSync(path, owner, owner);
  chmodSync(path, mode);
}

export function instanceRunFolder(instance: number, root = RUN_FOLDER): string {
  return join(root, String(instance));
}

/** Name of a file in it with the path of the lab folder whose instance this is. */
const OWNER = 'owner';

/**
 * Empty and fresh, whatever was there before.
 *
 * @param labFolder of the checkout that the instance runs for
 */
export function makeInstanceRunFolder(instance: number, labFolder: string, root = RUN_FOLDER): void {
  makePrivateFolder(root, 0o711);
  const folder = instanceRunFolder(instance, root);
  try {
    rmSync(folder, { recursive: true, force: true });
  } catch {
    throw new UnsafeFolder(folder, 'it cannot be emptied; something may be mounted in it');
  }
  makePrivateFolder(folder, 0o711);
  writeFileSync(join(folder, OWNER), labFolder);
}

/** Lab folder of the checkout that runs an instance, or ran it and was killed; null where none did. */
export function ownerOf(instance: number, root = RUN_FOLDER): string | null {
  try {
    return readFileSync(join(instanceRunFolder(instance, root), OWNER), 'utf8');
  } catch {
    return null;
  }
}

/** Idempotent. What cannot be removed stays, as a folder somebody has mounted something on: `leftoversOf` finds it. */
export function removeRunFolder(instance: number, root = RUN_FOLDER): void {
  try {
    rmSync(instanceRunFolder(instance, root), { recursive: true, force: true });
  } catch {
    // Node gives this error no code (24.21); whatever it was, the folder is still there to be found.
  }
}
