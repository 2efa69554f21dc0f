import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { DiskRefused } from './errors.ts';

/** Written beside and renamed: a reader sees the old file or the new one. Throws DiskRefused. */
export function writeWhole(file: string, text: string): void {
  try {
    writeFileSync(`${file}.new`, text);
    renameSync(`${file}.new`, file);
  } catch (error) {
    throw new DiskRefused(file, (error as Error).message);
  }
}

/** The same where the folder of the file may not be there yet. Throws DiskRefused. */
export function writeWholeInNewFolder(file: string, text: string): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
  } catch (error) {
    throw new DiskRefused(file, (error as Error).message);
  }
  writeWhole(file, text);
}
