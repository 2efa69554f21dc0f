import { appendFileSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readTextOr, writeWhole } from '@loadstair/kit/node';
import { debianPackages, type DebianPackage } from './dpkg.ts';

/** Versions by package and users by name, before an installation. */
export interface Before {
  readonly packages: Readonly<Record<string, Pick<DebianPackage, 'version' | 'state'>>>;
  readonly users: readonly string[];
}

/** What one installation changed on the machine. */
export interface JournalEntry {
  readonly schema: 1;
  /** ISO 8601, UTC. */
  readonly at: string;
  /** New ones, those included that others needed. `settings`: its settings were there before and must stay. */
  readonly installed: readonly { readonly name: string; readonly version: string; readonly settings: boolean }[];
  /** Those that were there in another version. They stay. */
  readonly upgraded: readonly { readonly name: string; readonly from: string; readonly to: string }[];
  /** Users that packages made. Debian’s packages leave them. */
  readonly users: readonly string[];
}

const journalBelow = (root: string): string => join(root, '/var/lib/loadstair/journal.ndjson');

/** What is there now, to be compared with what an installation leaves. */
export function whatIsThere(root: string): Before {
  const packages = [...debianPackages(root).values()].map(({ name, version, state }) => [name, { version, state }] as const);
  return { packages: Object.fromEntries(packages), users: usersOf(root) };
}

/** Adds what has changed since then to the journal of the machine; nothing where nothing has. */
export function writeDown(root: string, before: Before, at = new Date()): void {
  const entry = changesSince(root, before, at);
  if (entry.installed.length + entry.upgraded.length + entry.users.length === 0) return;
  const file = journalBelow(root);
  mkdirSync(dirname(file), { recursive: true, mode: 0o755 });
  appendFileSync(file, `${JSON.stringify(entry)}\n`, { flush: true });
}

function changesSince(root: string, before: Before, at: Date): JournalEntry {
  const now = [...debianPackages(root).values()].filter(({ state }) => state === 'installed');
  const was = (name: string): Before['packages'][string] | undefined =>
    Object.hasOwn(before.packages, name) ? before.packages[name] : undefined;
  return {
    schema: 1,
    at: at.toISOString(),
    installed: now.flatMap(({ name, version }) => {
      const earlier = was(name);
      return earlier?.state === 'installed' ? [] : [{ name, version, settings: earlier !== undefined }];
    }),
    upgraded: now.flatMap(({ name, version }) => {
      const earlier = was(name);
      return earlier?.state !== 'installed' || earlier.version === version ? [] : [{ name, from: earlier.version, to: version }];
    }),
    users: usersOf(root).filter((user) => !before.users.includes(user)),
  };
}

/** What all installations changed, oldest first. A line that a power cut tore is passed over. */
export function readJournal(root: string): JournalEntry[] {
  return readTextOr(journalBelow(root), '')
    .split('\n')
    .flatMap((line) => {
      try {
        const entry = JSON.parse(line) as JournalEntry;
        return entry.schema === 1 ? [entry] : [];
      } catch {
        return [];
      }
    });
}

/** Keeps of the journal what is still installed; removes the file when that is nothing. */
export function shortenJournal(root: string, kept: ReadonlySet<string>): void {
  const left = readJournal(root)
    .map((entry) => ({ ...entry, installed: entry.installed.filter(({ name }) => kept.has(name)) }))
    .filter(({ installed }) => installed.length > 0);
  if (left.length > 0) writeWhole(journalBelow(root), left.map((entry) => `${JSON.stringify(entry)}\n`).join(''), { mode: 0o644 });
  else rmSync(journalBelow(root), { force: true });
}

const usersOf = (root: string): string[] =>
  readTextOr(join(root, '/etc/passwd'), '')
    .split('\n')
    .flatMap((line) => /^([^:]+):/.exec(line)?.[1] ?? []);
