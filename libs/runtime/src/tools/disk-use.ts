import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const BLOCK_BYTES = 512;
const GIB = 2 ** 30;

/** Bytes on the disk that a folder and all below it take; 0 where there is none. A file of several names counts once for each. */
export function diskUse(path: string): number {
  try {
    const found = lstatSync(path);
    const below = found.isDirectory() ? readdirSync(path).reduce((sum, name) => sum + diskUse(join(path, name)), 0) : 0;
    return found.blocks * BLOCK_BYTES + below;
  } catch {
    // It has gone meanwhile.
    return 0;
  }
}

/** What a lab's folder takes on the disk, such as `.lab has 1.2 GiB (cache 0.9, runs 0.3)`. */
export function diskUseWords(labFolder: string): string {
  const parts = names(labFolder)
    .map((name) => ({ name, bytes: diskUse(join(labFolder, name)) }))
    .toSorted((a, b) => b.bytes - a.bytes);
  const total = parts.reduce((sum, { bytes }) => sum + bytes, 0);
  const large = parts.filter(({ bytes }) => bytes >= GIB / 20).map(({ name, bytes }) => `${name} ${gib(bytes)}`);
  return `.lab has ${gib(total)} GiB${large.length === 0 ? '' : ` (${large.join(', ')})`}`;
}

const gib = (bytes: number): string => (bytes / GIB).toFixed(1);

function names(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
