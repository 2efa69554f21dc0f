import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** How far back "lately" goes where no commit has a tag. */
const COMMITS = 20;

/** What the project's own repository says of its files. Paths are relative to its top, with `/`. */
export interface Repository {
  /** Commit that is checked out. */
  readonly head: string;
  /** Paths that differ from the last tag, or from 20 commits ago where that is nearer; what is not committed counts. */
  readonly changed: ReadonlySet<string>;
  /** SHA-256 over paths and contents of the files for which `needs` holds, as they were when first read. */
  hashOf(needs: (path: string) => boolean): string;
}

/** @returns null where there is no Git, or no repository: everything counts as changed then */
export function readRepository(folder: string): Repository | null {
  try {
    const head = git(folder, 'rev-parse', 'HEAD').trim();
    const files = lines(git(folder, 'ls-files', '--cached', '--others', '--exclude-standard'));
    // Experiments need many of the same files.
    const contents = new Map<string, Buffer>();
    const contentHash = (path: string): Buffer => {
      const known =
        contents.get(path) ??
        createHash('sha256')
          .update(contentOf(join(folder, path)))
          .digest();
      contents.set(path, known);
      return known;
    };
    return {
      head,
      changed: new Set([
        ...lines(git(folder, 'diff', '--name-only', since(folder))),
        ...lines(git(folder, 'ls-files', '--others', '--exclude-standard')),
      ]),
      hashOf(needs) {
        const hash = createHash('sha256');
        for (const path of files.filter(needs).toSorted()) hash.update(`${path}\0`).update(contentHash(path));
        return hash.digest('hex');
      },
    };
  } catch {
    return null;
  }
}

/** Older than the oldest commit there is in a shallow clone: then everything is new. */
function since(folder: string): string {
  const count = Number(git(folder, 'rev-list', '--count', '--first-parent', 'HEAD'));
  const tag = tryGit(folder, 'describe', '--tags', '--abbrev=0', '--first-parent')?.trim();
  const sinceTag = tag === undefined ? Infinity : Number(git(folder, 'rev-list', '--count', '--first-parent', `${tag}..HEAD`));
  if (tag !== undefined && sinceTag <= COMMITS) return tag;
  return count > COMMITS ? `HEAD~${COMMITS}` : git(folder, 'hash-object', '-t', 'tree', '/dev/null').trim();
}

function contentOf(path: string): Buffer | string {
  try {
    return readFileSync(path);
  } catch {
    // Removed, and not committed yet.
    return '';
  }
}

function git(folder: string, ...args: readonly string[]): string {
  return execFileSync('git', [...args], {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    maxBuffer: 64 * 1024 * 1024,
  });
}

function tryGit(folder: string, ...args: readonly string[]): string | undefined {
  try {
    return git(folder, ...args);
  } catch {
    return undefined;
  }
}

function lines(text: string): string[] {
  return text.split('\n').filter((line) => line !== '');
}
