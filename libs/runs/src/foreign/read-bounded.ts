import { closeSync, existsSync, fstatSync, openSync, readSync } from 'node:fs';

const MIB = 2 ** 20;

/** The most that is taken of a file of a run, bytes; a long search of stage 6 stays below a fifth of each. */
export const MOST_BYTES = {
  'manifest.json': MIB,
  'run-data.json': 32 * MIB,
  'verdict.json': 4 * MIB,
  'capacity.json': 4 * MIB,
  'confirmation.json': 4 * MIB,
  'events.ndjson': 32 * MIB,
  'traces.ndjson': 32 * MIB,
  'samples.ndjson': 64 * MIB,
  'series.json': 64 * MIB,
  'experiment.json': 32 * MIB,
  'label.json': MIB,
} as const;
/** Of a host's log in a run. */
export const MOST_LOG_BYTES = 8 * MIB;

/** A file is larger than anything the lab writes. */
export class TooLarge extends Error {
  constructor(mostBytes: number) {
    super(`it is larger than ${mostBytes / MIB} MiB`);
    this.name = 'TooLarge';
  }
}

/** A whole file. Throws TooLarge before reading it. */
export function readBounded(file: string, mostBytes: number): string {
  const { text, whole } = readBeginning(file, mostBytes);
  if (!whole) throw new TooLarge(mostBytes);
  return text;
}

/** Lines at the beginning of a file that fit into so many bytes; none of a file that is not there. */
export function readLines(file: string, mostBytes: number): readonly string[] {
  if (!existsSync(file)) return [];
  const { text, whole } = readBeginning(file, mostBytes);
  const end = whole ? text.length : text.lastIndexOf('\n') + 1;
  return text.slice(0, end).split('\n').filter(Boolean);
}

function readBeginning(file: string, mostBytes: number): { readonly text: string; readonly whole: boolean } {
  const descriptor = openSync(file, 'r');
  try {
    const { size } = fstatSync(descriptor);
    const bytes = Buffer.alloc(Math.min(size, mostBytes));
    let filled = 0;
    for (let got = -1; got !== 0 && filled < bytes.length; filled += got)
      got = readSync(descriptor, bytes, filled, bytes.length - filled, null);
    return { text: bytes.toString('utf8', 0, filled), whole: size <= mostBytes };
  } finally {
    closeSync(descriptor);
  }
}
