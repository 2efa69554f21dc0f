import { join } from 'node:path';
import { bytesOnDisk, namesIn } from '@loadstair/kit/node';

const GIB = 2 ** 30;

/** What a lab's folder takes on the disk, such as `.lab has 1.2 GiB (cache 0.9, runs 0.3)`. */
export function diskUseWords(labFolder: string): string {
  const parts = namesIn(labFolder)
    .map((name) => ({ name, bytes: bytesOnDisk(join(labFolder, name)) }))
    .toSorted((a, b) => b.bytes - a.bytes);
  const total = parts.reduce((sum, { bytes }) => sum + bytes, 0);
  const large = parts.filter(({ bytes }) => bytes >= GIB / 20).map(({ name, bytes }) => `${name} ${gib(bytes)}`);
  return `.lab has ${gib(total)} GiB${large.length === 0 ? '' : ` (${large.join(', ')})`}`;
}

const gib = (bytes: number): string => (bytes / GIB).toFixed(1);
