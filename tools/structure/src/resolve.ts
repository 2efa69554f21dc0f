import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { filesOf, REPOSITORY } from './sources.ts';

/** The file of this repository that an import means; null when it is a package of others. */
export type Resolve = (from: string, specifier: string) => string | null;

const SOURCE = '@loadstair/source';

/** Follows relative imports, and those of our packages by what they export as source. */
export function createResolve(): Resolve {
  const exported = new Map<string, string>();
  for (const file of filesOf('json').filter((path) => path.endsWith('package.json'))) {
    const folder = dirname(file);
    const { name, exports = {} } = JSON.parse(readFileSync(join(REPOSITORY, file), 'utf8')) as {
      readonly name: string;
      readonly exports?: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
    };
    for (const [entry, target] of Object.entries(exports)) {
      const source = typeof target === 'string' ? target : target[SOURCE];
      if (source !== undefined) exported.set(posix.join(name, entry), posix.join(folder, source));
    }
  }
  return (from, specifier) => {
    if (!specifier.startsWith('.')) return exported.get(specifier) ?? null;
    const path = posix.join(posix.dirname(from), specifier);
    return existsSync(join(REPOSITORY, path)) ? path : null;
  };
}
