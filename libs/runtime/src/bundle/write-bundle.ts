import { createHash } from 'node:crypto';
import {
  createReadStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { create } from 'tar';
import { toolOf } from '../tools/catalogue.ts';
import { distributionOf } from '../tools/distribution.ts';
import { findTool } from '../tools/find.ts';
import type { Progress } from '../tools/packages.ts';
import { BundleIncomplete } from './bad-bundle.ts';
import { collectDebian } from './debian-packages.ts';
import { MANIFEST, PLATFORM, sha256, type BundleManifest } from './manifest.ts';
import { collectPackages, installedPackages } from './npm-packages.ts';

export interface WriteOptions {
  readonly repoFolder: string;
  readonly labFolder: string;
  /** Version of the lab. */
  readonly version: string;
  /** Names of the programs that it brings; those of Debian with all that they need. */
  readonly tools: readonly string[];
  readonly environment: NodeJS.ProcessEnv;
  readonly onProgress: Progress;
}

/** What was written. */
export interface WrittenBundle {
  readonly file: string;
  readonly bytes: number;
  /** Hexadecimal. */
  readonly sha256: string;
  /** Bytes by part. */
  readonly parts: { readonly npm: number; readonly debian: number; readonly programs: number };
}

/** Begins the names of folders in `.lab/cache` in which bundles are made and unpacked. */
export const WORK_PREFIX = 'bundle-';

/** A folder for the files of a bundle, which nobody else may enter. */
export function workFolder(labFolder: string): string {
  mkdirSync(join(labFolder, 'cache'), { recursive: true });
  return mkdtempSync(join(labFolder, 'cache', WORK_PREFIX));
}

/**
 * Writes everything that the programs of a lab need into one file: npm packages, Debian packages, and what Go built. The console is
 * not in it: it is built from the packages where the bundle is installed, in about a second.
 *
 * @throws BundleIncomplete
 */
export async function writeBundle(file: string, options: WriteOptions): Promise<WrittenBundle> {
  const { repoFolder, labFolder, version, tools, environment, onProgress } = options;
  const target = resolve(file);
  const folder = workFolder(labFolder);
  const step = async <Result>(text: string, work: () => Promise<Result>): Promise<Result> => {
    onProgress(text, 'begun');
    const result = await work();
    onProgress(text, 'done');
    return result;
  };
  try {
    const packages = installedPackages(repoFolder);
    await step(`${packages.length} npm packages`, () => collectPackages(packages, folder, environment));
    const debian = await step('Debian packages', () => collectSystem(tools, folder, environment, onProgress));
    await step('programs built by Go', () => collectPrograms(tools, folder, options));
    const names = filesBelow(folder, ['npm', 'debian', 'bin']);
    const manifest: BundleManifest = {
      schema: 1,
      kind: 'loadstair-bundle',
      made: new Date().toISOString(),
      lab: version,
      lock: sha256(readFileSync(join(repoFolder, 'package-lock.json'))),
      platform: PLATFORM,
      debian,
      files: Object.fromEntries(names.map((name) => [name, describe(join(folder, name))])),
    };
    writeFileSync(join(folder, MANIFEST), JSON.stringify(manifest));
    const fresh = `${target}.new`;
    try {
      mkdirSync(dirname(target), { recursive: true });
      await create({ file: fresh, cwd: folder, portable: true, noMtime: true }, [MANIFEST, ...names]);
      renameSync(fresh, target);
    } catch (error) {
      rmSync(fresh, { force: true });
      throw new BundleIncomplete(`${file} could not be written.`, (error as Error).message, 'choose another place, or make room');
    }
    const bytesOf = (part: string): number =>
      Object.entries(manifest.files).reduce((sum, [name, { bytes }]) => sum + (name.startsWith(`${part}/`) ? bytes : 0), 0);
    return {
      file: target,
      bytes: statSync(target).size,
      sha256: await fileSha256(target),
      parts: { npm: bytesOf('npm'), debian: bytesOf('debian'), programs: bytesOf('bin') },
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** SHA-256 of a file of any size, hexadecimal. */
export async function fileSha256(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

async function collectSystem(
  tools: readonly string[],
  folder: string,
  environment: NodeJS.ProcessEnv,
  onProgress: Progress,
): Promise<BundleManifest['debian']> {
  const { family, title } = distributionOf();
  if (family !== 'debian') {
    onProgress(`no Debian packages: this is ${title || 'another system'}`, 'note');
    return null;
  }
  const packages = tools.flatMap((name) => {
    const { source } = toolOf(name);
    return source.how === 'apt' ? [source.pack] : [];
  });
  return collectDebian(packages, folder, environment);
}

async function collectPrograms(tools: readonly string[], folder: string, { labFolder, environment }: WriteOptions): Promise<void> {
  mkdirSync(join(folder, 'bin'), { recursive: true });
  for (const name of tools.filter((one) => toolOf(one).source.how === 'go')) {
    const found = await findTool(name, { labFolder, path: environment['PATH'] ?? '' });
    if (found.state !== 'found') throw new BundleIncomplete(`${name} is missing.`, 'it is part of the bundle', './lab prepare --all');
    writeFileSync(join(folder, 'bin', `${name}.gz`), gzipSync(readFileSync(found.path)));
  }
}

function describe(file: string): BundleManifest['files'][string] {
  const bytes = readFileSync(file);
  return { bytes: bytes.length, sha256: sha256(bytes) };
}

/** Paths of files in some folders, relative to the folder above. */
function filesBelow(folder: string, names: readonly string[]): string[] {
  return names
    .filter((name) => existsSync(join(folder, name)))
    .flatMap((name) => readdirSync(join(folder, name), { recursive: true, withFileTypes: true, encoding: 'utf8' }))
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
}
