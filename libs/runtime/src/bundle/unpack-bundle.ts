import { createReadStream, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { Parser, type ReadEntry } from 'tar';
import { distributionOf } from '../tools/distribution.ts';
import type { BundleSource } from '../tools/provide.ts';
import { aptOptions } from './apt-source.ts';
import { NotABundle, OtherBundle } from './bad-bundle.ts';
import { MANIFEST, parseManifest, PLATFORM, sha256, type BundleManifest } from './manifest.ts';

const MOST_MANIFEST_BYTES = 4 * 2 ** 20;
const MOST_UNPACKED_BYTES = 512 * 2 ** 20;
const FILE_MODE = 0o644;

/** A bundle that was checked, and what was unpacked. */
export interface UnpackedBundle {
  readonly manifest: BundleManifest;
  readonly source: BundleSource;
}

/**
 * Checks every file of a bundle, and unpacks its Debian packages and programs into a folder. Its npm packages are left to npm.
 * The file may come from anywhere: only what its list names is taken, in modes of our own, and nothing is run.
 *
 * @param folder of the caller, for root alone
 * @throws NotABundle, OtherBundle
 */
export async function unpackBundle(file: string, folder: string, repoFolder: string): Promise<UnpackedBundle> {
  if (!existsSync(file) || !statSync(file).isFile()) throw new NotABundle(file, 'there is no such file');
  const read: { manifest: BundleManifest | null } = { manifest: null };
  const seen = new Set<string>();
  await eachFile(file, (path, bytes) => {
    if (read.manifest === null) {
      read.manifest = firstFile(path, bytes);
      checkFit(file, read.manifest, repoFolder);
      return;
    }
    const { files } = read.manifest;
    const listed = Object.hasOwn(files, path) ? files[path] : undefined;
    if (listed === undefined || seen.has(path)) throw new Error(`${path} is not in its list of files`);
    if (bytes.length !== listed.bytes || sha256(bytes) !== listed.sha256) throw new Error(`${path} is damaged`);
    seen.add(path);
    if (!path.startsWith('npm/')) write(join(folder, path), bytes);
  }).catch((error: unknown) => {
    throw error instanceof OtherBundle ? error : new NotABundle(file, (error as Error).message);
  });
  const { manifest } = read;
  if (manifest === null) throw new NotABundle(file, 'it is empty');
  const missing = Object.keys(manifest.files).find((path) => !seen.has(path));
  if (missing !== undefined) throw new NotABundle(file, `it ends before ${missing}`);
  const { debian } = manifest;
  return { manifest, source: { aptOptions: debian === null ? null : aptOptions(folder, debian), programs: join(folder, 'bin') } };
}

/** Throws where the first file of an archive is not the list of a bundle. */
function firstFile(path: string, bytes: Buffer): BundleManifest {
  if (path !== MANIFEST || bytes.length > MOST_MANIFEST_BYTES) throw new Error('it does not begin as a bundle does');
  try {
    return parseManifest(bytes.toString('utf8'));
  } catch {
    throw new Error('its list of files is not one that this version of the lab reads');
  }
}

/** Throws OtherBundle where the bundle is for another version of the lab, another kind of machine or another Debian. */
function checkFit(file: string, { lab, lock, platform, debian }: BundleManifest, repoFolder: string): void {
  if (platform !== PLATFORM)
    throw new OtherBundle(file, `it is for ${platform}, and this machine is ${PLATFORM}`, 'make a bundle on a machine like this one');
  if (lock !== sha256(readFileSync(join(repoFolder, 'package-lock.json'))))
    throw new OtherBundle(
      file,
      `it is for version ${lab} of the lab; package-lock.json here names other packages`,
      'check out the version that it is for, or make a bundle of this one',
    );
  const { family, codename, title } = distributionOf();
  if (debian !== null && family === 'debian' && debian.codename !== codename)
    throw new OtherBundle(file, `its Debian packages are for ${debian.codename}, and this is ${title}`, `make it on a ${codename}`);
}

/** Feeds an archive to the parser piece by piece; `take` gets each file whole and in order. Rejects with the first thing that is wrong. */
async function eachFile(file: string, take: (path: string, bytes: Buffer) => void): Promise<void> {
  let failed: Error | null = null;
  const fail = (error: Error): void => void (failed ??= error);
  const onReadEntry = (entry: ReadEntry): void => {
    if (entry.type !== 'File') fail(new Error(`${entry.path} is a ${entry.type}`));
    if (entry.size > MOST_UNPACKED_BYTES) fail(new Error(`${entry.path} is too large`));
    if (failed !== null) return void entry.resume();
    const parts: Buffer[] = [];
    entry.on('data', (bytes: Buffer) => void parts.push(bytes));
    entry.on('end', () => {
      if (failed !== null) return;
      try {
        take(entry.path, Buffer.concat(parts));
      } catch (error) {
        fail(error as Error);
      }
    });
  };
  const parser = new Parser({ strict: true, brotli: false, zstd: false, onReadEntry });
  parser.on('error', fail);
  for await (const chunk of createReadStream(file)) {
    parser.write(chunk as Buffer);
    if (failed !== null) throw failed as Error;
  }
  parser.end();
  if (failed !== null) throw failed as Error;
}

/** What is packed is unpacked, under its name without `.gz`. */
function write(path: string, bytes: Buffer): void {
  const packed = path.endsWith('.gz');
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(
    packed ? path.slice(0, -'.gz'.length) : path,
    packed ? gunzipSync(bytes, { maxOutputLength: MOST_UNPACKED_BYTES }) : bytes,
    {
      mode: FILE_MODE,
      flag: 'wx',
    },
  );
}
