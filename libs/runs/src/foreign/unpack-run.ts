import { closeSync, createReadStream, fchmodSync, mkdirSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createBrotliDecompress, createGunzip } from 'node:zlib';
import { Parser, type ReadEntry } from 'tar';
import { BadRun } from '../errors.ts';
import { LOG_NAME } from '../run-folder.ts';
import { MOST_BYTES, MOST_LOG_BYTES } from './read-bounded.ts';

export const FILE_MODE = 0o644;
const FOLDER_MODE = 0o755;
const MAX_ENTRIES = 500;
const MAX_BYTES = 256 * 2 ** 20;
const RUN_ID = /^[0-9a-z]{1,40}$/;

/** Files of one run in a folder that its taker moves or removes. */
export interface UnpackedRun {
  readonly id: string;
  /** Beside the runs, so that the run can be moved; the run is in `<temporary>/<id>`. */
  readonly temporary: string;
}

/** Takes the files a run has out of an archive, and nothing else; stops reading at the first thing that no export has. Throws BadRun. */
export async function unpackRun(file: string, runsFolder: string): Promise<UnpackedRun> {
  let temporary: string | null = null;
  const place = (): string => {
    if (temporary === null) {
      mkdirSync(runsFolder, { recursive: true });
      temporary = mkdtempSync(join(runsFolder, '.import-'));
    }
    return temporary;
  };
  try {
    const ids = await eachFile(file, (path) => createFile(join(place(), path)));
    const [id] = ids;
    if (ids.size !== 1 || id === undefined || !RUN_ID.test(id)) throw new Error('it does not hold exactly one run');
    makeFolder(join(place(), id));
    return { id, temporary: place() };
  } catch (error) {
    if (temporary !== null) rmSync(temporary, { recursive: true, force: true });
    throw new BadRun(`${file} is not an exported run.`, (error as Error).message, './lab export RUN FILE writes one', 'E_NOT_AN_EXPORT');
  }
}

interface OpenFile {
  write(bytes: Buffer): void;
  close(): void;
}

/** Feeds the archive to the parser piece by piece; answers the names of the folders at its top. */
async function eachFile(file: string, openFile: (path: string) => OpenFile): Promise<ReadonlySet<string>> {
  const folders = new Set<string>();
  const open = new Set<OpenFile>();
  let failed: Error | null = null;
  let entries = 0;
  const fail = (error: Error): void => void (failed ??= error);
  const take = (entry: ReadEntry): void => {
    entries += 1;
    const problem = entries > MAX_ENTRIES ? `it has more than ${MAX_ENTRIES} files` : problemOf(entry);
    if (problem !== null) fail(new Error(problem));
    if (failed !== null) return void entry.resume();
    const parts = partsOf(entry.path);
    if (parts[0] !== undefined) folders.add(parts[0]);
    if (entry.type !== 'File' || mostBytes(parts) === null) return void entry.resume();
    try {
      const target = openFile(parts.join('/'));
      open.add(target);
      entry.on('data', (bytes: Buffer) => {
        try {
          target.write(bytes);
        } catch (error) {
          fail(error as Error);
        }
      });
      entry.on('end', () => {
        open.delete(target);
        target.close();
      });
    } catch (error) {
      fail(error as Error);
      entry.resume();
    }
  };
  const parser = new Parser({ strict: true, brotli: false, zstd: false, onReadEntry: take });
  parser.on('error', fail);
  try {
    let bytes = 0;
    for await (const chunk of plainBytes(file)) {
      // A compressed archive inside the compressed one would be unpacked without our count.
      if (bytes === 0 && !/^[\w.]/.test(chunk.toString('latin1', 0, 1))) throw new Error('it is not a tar archive in gzip');
      bytes += chunk.length;
      if (bytes > MAX_BYTES) throw new Error(`it unpacks to more than ${MAX_BYTES / 2 ** 20} MiB`);
      parser.write(chunk);
      if (failed !== null) throw failed as Error;
    }
    parser.end();
    if (failed !== null) throw failed as Error;
    return folders;
  } finally {
    for (const target of open) target.close();
  }
}

/** Exports are in gzip; recorded runs, which must be small, in brotli. */
async function* plainBytes(file: string): AsyncGenerator<Buffer> {
  const packed = createReadStream(file);
  const unpacked = file.endsWith('.br') ? createBrotliDecompress() : createGunzip();
  packed.on('error', (error) => unpacked.destroy(error));
  try {
    for await (const chunk of packed.pipe(unpacked)) yield chunk as Buffer;
  } finally {
    packed.destroy();
    unpacked.destroy();
  }
}

/** Whether a path inside the folder of a run is one that a run has; not so for the report, which is made anew. */
export function isRunFile(path: string): boolean {
  return mostBytes(['', ...partsOf(path)]) !== null;
}

function partsOf(path: string): string[] {
  return path.split('/').filter((part) => part !== '' && part !== '.');
}

function problemOf({ path, type, size }: ReadEntry): string | null {
  const parts = partsOf(path);
  if (path.startsWith('/') || parts.includes('..')) return `${path} leads out of the folder`;
  if (type !== 'File' && type !== 'Directory') return `${path} is a ${type}`;
  const most = mostBytes(parts);
  return most !== null && size > most ? `${path} is larger than ${most / 2 ** 20} MiB` : null;
}

/** Bytes that a file of a run may have; null for what no run has, and for the report, which is made anew. */
function mostBytes([, ...inside]: readonly string[]): number | null {
  const [name = '', log] = inside;
  if (inside.length === 1) return MOST_BYTES[name as keyof typeof MOST_BYTES] ?? null;
  return inside.length === 2 && name === 'logs' && LOG_NAME.test(log ?? '') ? MOST_LOG_BYTES : null;
}

/** Whatever modes the archive names, and whatever the umask is. */
function createFile(path: string): OpenFile {
  makeFolder(dirname(path));
  const descriptor = openSync(path, 'wx', FILE_MODE);
  fchmodSync(descriptor, FILE_MODE);
  return { write: (bytes) => void writeSync(descriptor, bytes), close: () => closeSync(descriptor) };
}

function makeFolder(path: string): void {
  mkdirSync(path, { recursive: true, mode: FOLDER_MODE });
}
