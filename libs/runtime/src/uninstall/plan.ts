import { readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { bootLinks } from '../tools/boot-links.ts';
import { debianPackages, filesOf, type DebianPackage } from '../tools/dpkg.ts';
import { readJournal } from '../tools/journal.ts';

/** What an uninstallation removes of the machine, and what it leaves and why. */
export interface UninstallPlan {
  /** Packages that go with their settings and data folders. */
  readonly purge: readonly string[];
  /** Packages whose settings were there before the lab: those stay. */
  readonly remove: readonly string[];
  readonly keep: readonly { readonly name: string; readonly why: string }[];
  /** Were there before, in another version. */
  readonly upgraded: readonly { readonly name: string; readonly from: string; readonly to: string }[];
  /** Users that the packages made and that are there still. */
  readonly users: readonly string[];
}

/**
 * Reads the install journal: exactly the packages that it lists go, but for those that somebody has come to use. Changes nothing.
 *
 * @param proc folder of processes
 */
export function uninstallPlan(root: string, proc = '/proc'): UninstallPlan {
  const journal = readJournal(root);
  const packages = debianPackages(root);
  const listed = new Map(journal.flatMap(({ installed }) => installed.map((one) => [one.name, one] as const)));
  const there = [...listed.values()].filter(({ name }) => packages.get(name)?.state === 'installed');
  const used = usesOf(
    root,
    there.map(({ name }) => name),
    proc,
  );
  const keep = needed(packages, new Set(there.map(({ name }) => name)), used);
  const going = there.filter(({ name }) => !keep.has(name));
  return {
    purge: going.filter(({ settings }) => !settings).map(({ name }) => name),
    remove: going.filter(({ settings }) => settings).map(({ name }) => name),
    keep: [...keep].map(([name, why]) => ({ name, why })),
    upgraded: journal.flatMap(({ upgraded }) => upgraded),
    users: [...new Set(journal.flatMap(({ users }) => users))],
  };
}

/**
 * Which packages must stay: those in use, and those without which a package that stays cannot work.
 *
 * @param going packages that would go
 * @param used why some of them stay in any case
 * @returns the reason by package
 */
export function needed(
  packages: ReadonlyMap<string, DebianPackage>,
  going: ReadonlySet<string>,
  used: ReadonlyMap<string, string>,
): Map<string, string> {
  const keep = new Map(used);
  for (let before = -1; before !== keep.size;) {
    before = keep.size;
    const staying = [...packages.values()].filter(({ name, state }) => state === 'installed' && (!going.has(name) || keep.has(name)));
    const names = new Set(staying.flatMap(({ name, provides }) => [name, ...provides]));
    for (const { name, needs } of staying)
      for (const group of needs.filter((one) => !one.some((choice) => names.has(choice))))
        for (const other of packages.values())
          if (going.has(other.name) && !keep.has(other.name) && group.some((choice) => isA(other, choice)))
            keep.set(other.name, `${name} needs it`);
  }
  return keep;
}

const isA = ({ name, provides }: DebianPackage, choice: string): boolean => name === choice || provides.includes(choice);

/** The lab starts none of their services: one that starts at boot, or a program that runs, is somebody else's. */
function usesOf(root: string, names: readonly string[], proc: string): Map<string, string> {
  const atBoot = new Set(bootLinks(root).map((link) => basename(link).replace(/^S\d\d/, '')));
  const running = new Map(programs(proc));
  const uses = new Map<string, string>();
  for (const name of names) {
    for (const file of filesOf(root, name)) {
      const pid = running.get(identityOf(join(root, file)) ?? '');
      if (pid !== undefined) uses.set(name, `its program runs (pid ${pid})`);
      else if (/\/systemd\/system\/[^/]+$|\/init\.d\/[^/]+$/.test(file) && atBoot.has(basename(file)))
        uses.set(name, `${basename(file)} starts at boot`);
    }
  }
  return uses;
}

/** The program file of each process, with a pid. */
function programs(proc: string): (readonly [file: string, pid: number])[] {
  return readdirSync(proc).flatMap((pid) => {
    const file = /^\d+$/.test(pid) ? identityOf(join(proc, pid, 'exe')) : null;
    return file === null ? [] : [[file, Number(pid)] as const];
  });
}

/** Device and inode: one file has several paths, and containers have other files at the same path. Null where there is none. */
function identityOf(path: string): string | null {
  try {
    const { dev, ino } = statSync(path);
    return `${dev}:${ino}`;
  } catch {
    return null;
  }
}
