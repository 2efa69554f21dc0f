import { execFile } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { distributionOf } from '../tools/distribution.ts';
import { BundleIncomplete } from './bad-bundle.ts';
import type { BundleManifest } from './manifest.ts';

const execute = promisify(execFile);
const OUTPUT_BYTES = 2 ** 26;
const SIGNED = ['InRelease', 'Release', 'Release.gpg'] as const;

type Archive = NonNullable<BundleManifest['debian']>;

/** A list of packages that apt has fetched. */
interface Index {
  /** Address of the repository, such as `http://deb.debian.org/debian/`. */
  readonly repository: string;
  /** `bookworm-updates` */
  readonly suite: string;
  /** `main/binary-amd64/Packages` */
  readonly key: string;
  /** Where apt keeps it. */
  readonly file: string;
}

/**
 * Makes an archive of packages and all that they need, as a mirror has them: lists with the signatures of the distribution, so that
 * apt checks each package where the bundle is installed. What is installed here plays no part, and apt's own lists stay as they are.
 *
 * @param folder the archive is made in its `debian`
 * @throws BundleIncomplete
 */
export async function collectDebian(packages: readonly string[], folder: string, environment: NodeJS.ProcessEnv): Promise<Archive> {
  const work = join(folder, 'apt');
  for (const name of ['lists/partial', 'archives/partial']) mkdirSync(join(work, name), { recursive: true });
  writeFileSync(join(work, 'status'), '');
  const options = Object.entries({
    'Dir::State::lists': join(work, 'lists'),
    'Dir::State::status': join(work, 'status'),
    'Dir::State::extended_states': join(work, 'extended-states'),
    'Dir::Cache::archives': join(work, 'archives'),
    'Dir::Cache::pkgcache': '',
    'Dir::Cache::srcpkgcache': '',
    'Acquire::GzipIndexes': 'false',
    'Acquire::Languages': 'none',
    'APT::Sandbox::User': 'root',
    'Debug::NoLocking': 'true',
  }).flatMap(([name, value]) => ['-o', `${name}=${value}`]);
  const env = { ...environment, LC_ALL: 'C', DEBIAN_FRONTEND: 'noninteractive' };
  const apt = async (...args: string[]): Promise<string> =>
    (await execute('apt-get', [...options, ...args], { cwd: work, env, maxBuffer: OUTPUT_BYTES })).stdout;
  const install = ['install', '-y', '--no-install-recommends'];
  try {
    // A source that fails need not be one of these packages: whether they can be had is seen below.
    await apt('update').catch(() => '');
    const indexes = readIndexes(await apt('indextargets', 'Created-By: Packages'));
    const files = readUris(await apt(...install, '-qq', '--print-uris', ...packages));
    if (files.length === 0) throw new Error('apt-get names no file');
    await apt(...install, '--download-only', ...packages);
    const used = [...new Set(files.map((file) => repositoryOf(file.uri, indexes)))];
    for (const { uri, name } of files) {
      const repository = repositoryOf(uri, indexes);
      const path = decodeURIComponent(uri.slice(repository.length));
      copy(join(work, 'archives', name), join(folder, 'debian', String(used.indexOf(repository)), path));
    }
    const { codename } = distributionOf();
    const architecture = (await execute('dpkg', ['--print-architecture'])).stdout.trim();
    const repositories = used.map((repository, at) => ({
      folder: String(at),
      suites: copySuites(
        indexes.filter((index) => index.repository === repository && index.key.endsWith(`/binary-${architecture}/Packages`)),
        join(folder, 'debian', String(at)),
      ),
    }));
    return { codename, architecture, repositories };
  } catch (error) {
    throw new BundleIncomplete(
      'The Debian packages could not be fetched.',
      lastWords(error as Error & { stderr?: string }),
      'check the network and the sources of apt, then run it again',
    );
  }
}

/** Paragraphs of `apt-get indextargets`. */
export function readIndexes(text: string): Index[] {
  return text.split('\n\n').flatMap((paragraph) => {
    const field = (name: string): string => new RegExp(`^${name}: (.*)$`, 'm').exec(paragraph)?.[1] ?? '';
    const [repository, key, file] = [field('Repo-URI'), field('MetaKey'), field('Filename')];
    const [, suite] = /^dists\/(.+)$/.exec(field('URI').slice(repository.length, -key.length - 1)) ?? [];
    return repository === '' || key === '' || file === '' || suite === undefined ? [] : [{ repository, suite, key, file }];
  });
}

/** Lines of `apt-get --print-uris`: `'http://…/a_1%2b2_all.deb' a_1+2_all.deb 3120 SHA256:…`. */
export function readUris(text: string): { readonly uri: string; readonly name: string }[] {
  return text.split('\n').flatMap((line) => {
    const [, uri, name] = /^'([^']+)' (\S+) \d+ /.exec(line) ?? [];
    return uri === undefined || name === undefined ? [] : [{ uri, name }];
  });
}

function repositoryOf(uri: string, indexes: readonly Index[]): string {
  const found = indexes.find(({ repository }) => uri.startsWith(repository));
  if (found === undefined) throw new Error(`apt-get fetches ${uri}, which is in no repository that it lists`);
  return found.repository;
}

/** Lists and signatures of a repository; the lists packed, because they are large. */
function copySuites(indexes: readonly Index[], folder: string): Archive['repositories'][number]['suites'] {
  const suites = [...new Set(indexes.map(({ suite }) => suite))];
  return suites.map((suite) => {
    const ofSuite = indexes.filter((index) => index.suite === suite);
    const target = join(folder, 'dists', suite);
    for (const { key, file } of ofSuite) {
      mkdirSync(dirname(join(target, key)), { recursive: true });
      writeFileSync(join(target, `${key}.gz`), gzipSync(readFileSync(file)));
    }
    const [first] = ofSuite;
    // apt names its files after addresses: those of a suite begin alike.
    const begins = first === undefined ? '' : first.file.slice(0, -first.key.length);
    const signed = SIGNED.filter((name) => existsSync(`${begins}${name}`));
    if (signed.length === 0) throw new Error(`the lists of ${suite} are not signed`);
    for (const name of signed) copy(`${begins}${name}`, join(target, name));
    return { suite, components: [...new Set(ofSuite.map(({ key }) => key.slice(0, key.indexOf('/binary-'))))] };
  });
}

function copy(from: string, to: string): void {
  if (basename(to) === '' || to.includes('/../')) throw new Error(`${to} is no file of an archive`);
  mkdirSync(dirname(to), { recursive: true });
  copyFileSync(from, to);
}

function lastWords(error: Error & { stderr?: string }): string {
  const lines = (error.stderr ?? '').split('\n').filter((line) => line.startsWith('E: '));
  return lines.length > 0 ? lines.slice(0, 2).join(' | ') : (error.message.split('\n')[0] ?? '');
}
