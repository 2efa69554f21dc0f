import { chown, open, rename, rm } from 'node:fs/promises';

/**
 * Writes a file that only its owner can read: whole or not at all, and never through a link that stands in its place.
 *
 * @param owner user and group id; null is who the lab runs as
 */
export async function writeOwned(file: string, text: string, owner: number | null): Promise<void> {
  const fresh = `${file}.new`;
  await rm(fresh, { force: true });
  // `wx`: a link that was laid here meanwhile is an error, not a way to somewhere else.
  const handle = await open(fresh, 'wx', 0o600);
  try {
    await handle.writeFile(text);
    if (owner !== null) await handle.chown(owner, owner);
  } finally {
    await handle.close();
  }
  await rename(fresh, file);
}

/** Gives one folder to a host. */
export async function giveTo(owner: number | null, folder: string): Promise<void> {
  if (owner !== null) await chown(folder, owner, owner);
}
