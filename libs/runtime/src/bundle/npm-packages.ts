import { createHash } from 'node:crypto';
import { execFile } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { BundleIncomplete } from './bad-bundle.ts';

const execute = promisify(execFile);
/** npm fetches those of one call at the same time. */
const FETCHED_TOGETHER = 100;
const OUTPUT_BYTES = 2 ** 24;

/** One package as package-lock.json names it. */
export interface LockedPackage {
  readonly name: string;
  readonly version: string;
  /** SHA-512 of its archive, hexadecimal. */
  readonly sha512: string;
}

interface Lock {
  readonly packages: Readonly<Record<string, { readonly name?: string; readonly version?: string; readonly integrity?: string }>>;
}

/** Those packages of the lock file that are installed here: others are for other kinds of machine. */
export function installedPackages(repoFolder: string): LockedPackage[] {
  const lock = readLock(join(repoFolder, 'package-lock.json'));
  const installed = readLock(join(repoFolder, 'node_modules', '.package-lock.json'));
  const found = Object.keys(installed.packages).flatMap((path) => {
    const locked = lock.packages[path];
    const [, base64] = /^sha512-([A-Za-z0-9+/]+=*)$/.exec(locked?.integrity ?? '') ?? [];
    if (locked?.version === undefined || base64 === undefined) return [];
    const { name = nameAt(path), version } = locked;
    return [{ name, version, sha512: Buffer.from(base64, 'base64').toString('hex') }];
  });
  return [...new Map(found.map((one) => [one.sha512, one])).values()];
}

/** Where a package is in a bundle: npm finds it by the same name (tools/bundle/npm-ci.mjs). */
export const archiveOf = ({ sha512 }: Pick<LockedPackage, 'sha512'>): string => `npm/${sha512.slice(0, 40)}.tgz`;

/**
 * Copies the archives of packages out of npm's cache, which fetches what it does not have.
 *
 * @throws BundleIncomplete
 */
export async function collectPackages(packages: readonly LockedPackage[], folder: string, environment: NodeJS.ProcessEnv): Promise<void> {
  const npm = async (...args: string[]): Promise<string> =>
    (await execute('npm', args, { cwd: folder, env: environment, maxBuffer: OUTPUT_BYTES })).stdout;
  mkdirSync(join(folder, 'npm'), { recursive: true });
  try {
    const cache = join((await npm('config', 'get', 'cache')).trim(), '_cacache', 'content-v2', 'sha512');
    const lacking = packages.filter((one) => !take(one, cache, folder));
    for (let at = 0; at < lacking.length; at += FETCHED_TOGETHER)
      await npm('cache', 'add', ...lacking.slice(at, at + FETCHED_TOGETHER).map(({ name, version }) => `${name}@${version}`));
    const left = lacking.filter((one) => !take(one, cache, folder));
    if (left.length > 0) throw new Error(`npm fetched another ${left[0]?.name ?? ''} than package-lock.json names`);
  } catch (error) {
    throw new BundleIncomplete(
      'The npm packages could not be fetched.',
      (error as Error).message.split('\n').slice(0, 2).join(' '),
      'check the network and the registry settings of npm, then run it again',
    );
  }
}

/** Whether the cache has it whole: a damaged file is fetched again. */
function take(one: LockedPackage, cache: string, folder: string): boolean {
  const { sha512 } = one;
  const file = join(cache, sha512.slice(0, 2), sha512.slice(2, 4), sha512.slice(4));
  try {
    if (createHash('sha512').update(readFileSync(file)).digest('hex') !== sha512) return false;
    copyFileSync(file, join(folder, archiveOf(one)));
    return true;
  } catch {
    return false;
  }
}

const readLock = (file: string): Lock => JSON.parse(readFileSync(file, 'utf8')) as Lock;

/** `node_modules/a/node_modules/@b/c` is `@b/c`. */
const nameAt = (path: string): string => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
