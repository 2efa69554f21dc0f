import { lstatSync, existsSync, statSync } from 'node:fs';
import { basename, dirname, join, sep } from 'node:path';
import { quoted } from './confine.ts';

const OTHERS_ENTER = 0o001;

/**
 * The first folder on the way to a path that other users cannot enter, for example /root or a private home; null where all are open.
 */
export function closedFolder(path: string, isOpen: (folder: string) => boolean = othersEnter): string | null {
  const parts = path.split(sep).filter(Boolean);
  for (let length = 1; length < parts.length; length += 1) {
    const folder = `/${parts.slice(0, length).join('/')}`;
    if (!isOpen(folder)) return folder;
  }
  return null;
}

function othersEnter(folder: string): boolean {
  return (statSync(folder).mode & OTHERS_ENTER) !== 0;
}

/**
 * Shell commands, run as root in a mount namespace of a program's own, after which it reaches folders that lie below closed ones: in
 * the place of each closed folder stands an empty one that holds the wanted folders alone, at the paths they always had. The real
 * modes stay as they are. Empty where nothing is closed.
 *
 * @param wanted folders that must be reached
 * @param between an empty folder to hold a mount meanwhile
 */
export function privateView(
  wanted: readonly string[],
  between: string,
  isOpen: (folder: string) => boolean = othersEnter,
): readonly string[] {
  const closed = new Map<string, string[]>();
  for (const path of wanted) {
    const folder = closedFolder(path, isOpen);
    if (folder === null) continue;
    const inside = closed.get(folder) ?? [];
    // What lies in a wanted folder comes with it.
    if (inside.some((one) => path === one || path.startsWith(`${one}/`))) continue;
    closed.set(folder, [...inside.filter((one) => !one.startsWith(`${path}/`)), path]);
  }
  return [...closed].flatMap(([folder, paths]) => [
    ...paths.flatMap((path, index) => [
      `mkdir -p ${quoted(join(between, String(index)))}`,
      `mount --bind ${quoted(path)} ${quoted(join(between, String(index)))}`,
    ]),
    `mount -t tmpfs -o mode=755,size=1m loadstair ${quoted(folder)}`,
    ...paths.flatMap((path, index) => [`mkdir -p ${quoted(path)}`, `mount --move ${quoted(join(between, String(index)))} ${quoted(path)}`]),
    // The working folder was reached before the mounts: reach it again through them.
    'cd "$PWD"',
  ]);
}

/** The folder with everything a program needs: `…/postgresql/15` of `…/postgresql/15/bin/postgres`, else the folder it lies in. */
export function installationOf(program: string): string {
  const folder = isFolder(program) ? program : dirname(program);
  return basename(folder) === 'bin' && closedFolder(folder) !== dirname(folder) ? dirname(folder) : folder;
}

function isFolder(path: string): boolean {
  return existsSync(path) && lstatSync(path).isDirectory();
}
