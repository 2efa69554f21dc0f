import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { distributionOf } from '../tools/distribution.ts';
import type { BundleManifest } from './manifest.ts';

/**
 * Options by which apt installs from the Debian packages of an unpacked bundle, and from nothing else. Its lists are checked by the
 * signature of the distribution, and each package by its list. Only their age is not checked: a bundle is older than what mirrors
 * promise.
 *
 * @param keyring file with the keys of the distribution; null are all keys that apt trusts
 */
export function aptOptions(
  folder: string,
  { architecture, repositories }: NonNullable<BundleManifest['debian']>,
  keyring: string | null = keyringOfDistribution(),
): string[] {
  const sources = join(folder, 'sources.list');
  const lists = join(folder, 'lists');
  const archives = join(folder, 'archives');
  for (const name of [lists, archives]) mkdirSync(join(name, 'partial'), { recursive: true });
  const signedBy = keyring === null ? '' : ` signed-by=${keyring}`;
  const lines = repositories.flatMap(({ folder: name, suites }) =>
    suites.map(
      ({ suite, components }) =>
        `deb [arch=${architecture} target=Packages by-hash=no${signedBy}] ${address(join(folder, 'debian', name))} ${suite} ${components.join(' ')}`,
    ),
  );
  writeFileSync(sources, `${lines.join('\n')}\n`);
  return Object.entries({
    'Dir::Etc::sourcelist': sources,
    'Dir::Etc::sourceparts': '/dev/null',
    'Dir::State::lists': lists,
    'Dir::Cache::archives': archives,
    'Dir::Cache::pkgcache': '',
    'Dir::Cache::srcpkgcache': '',
    'Acquire::Check-Valid-Until': 'false',
    'Acquire::Languages': 'none',
    'Acquire::PDiffs': 'false',
    // The folder is for root alone.
    'APT::Sandbox::User': 'root',
  }).flatMap(([name, value]) => ['-o', `${name}=${value}`]);
}

/** Where its packages put the keys of Debian or Ubuntu: keys of other makers must not sign a bundle. */
function keyringOfDistribution(): string | null {
  const files = [distributionOf().id, 'ubuntu', 'debian'].map((name) => `/usr/share/keyrings/${name}-archive-keyring.gpg`);
  return files.find((file) => existsSync(file)) ?? null;
}

/**
 * Blanks, brackets and quotes have a meaning in a line of sources. `copy` takes a list in the form in which it is there; `file` takes
 * it for the compressed one that the signature names first.
 */
const address = (path: string): string =>
  `copy:${encodeURI(path).replace(/['()[\]#?!*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).padStart(2, '0')}`)}`;
