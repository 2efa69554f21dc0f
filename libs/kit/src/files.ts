import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const BLOCK_BYTES = 512;

/** Text of a file; `otherwise` where it cannot be read. */
export function readTextOr(file: string, otherwise: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return otherwise;
  }
}

/** Names in a folder; none where it is not there, or no folder. */
export function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** Bytes that a file, or all files below a folder, take on the disk; 0 where there is none. */
export function bytesOnDisk(path: string): number {
  try {
    const found = lstatSync(path);
    if (!found.isDirectory()) return found.blocks * BLOCK_BYTES;
  } catch {
    // It has gone meanwhile.
    return 0;
  }
  return namesIn(path).reduce((sum, name) => sum + bytesOnDisk(join(path, name)), 0);
}
