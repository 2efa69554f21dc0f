import { existsSync, lstatSync, readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** Runs a program to its end, its output to the log; resolves to whether it succeeded. */
export type Runs = (command: readonly string[], variables?: Readonly<Record<string, string>>) => Promise<boolean>;

const UNITS = 'etc/systemd/system';
const RUN_LEVELS = ['etc/rcS.d', 'etc/rc1.d', 'etc/rc2.d', 'etc/rc3.d', 'etc/rc4.d', 'etc/rc5.d'];

/** Every link that starts something at boot: units that a target wants, and S links of run levels. Paths below `root`. */
export function bootLinks(root: string): string[] {
  const wanted = names(join(root, UNITS))
    .filter((folder) => /\.(wants|requires|upholds)$/.test(folder))
    .flatMap((folder) => names(join(root, UNITS, folder)).map((unit) => `${UNITS}/${folder}/${unit}`));
  const levels = RUN_LEVELS.flatMap((level) =>
    names(join(root, level))
      .filter((name) => name.startsWith('S'))
      .map((name) => `${level}/${name}`),
  );
  return [...wanted, ...levels].sort();
}

/**
 * Disables exactly what starts at boot now and did not before, with the machine's own tools, which also keep the choice
 * when the package is upgraded. All of them work in a chroot.
 *
 * @returns names of what was disabled, as systemctl and update-rc.d know them
 */
export async function disableNew(root: string, before: readonly string[], run: Runs): Promise<string[]> {
  const known = new Set(before);
  const added = (): string[] => bootLinks(root).filter((link) => !known.has(link));
  const first = added();
  if (first.length === 0) return [];
  const units = unique(first.filter(isUnit).map((link) => basename(link)));
  const scripts = unique(first.filter((link) => !isUnit(link)).map((link) => basename(link).slice(3)));
  // Each is tried where it exists; what a tool leaves is taken away below.
  if (units.length > 0) {
    if (isThere(root, 'systemctl')) await run(['systemctl', 'disable', ...units]);
    else if (isThere(root, 'deb-systemd-helper')) for (const unit of units) await run(['deb-systemd-helper', 'disable', unit]);
  }
  if (isThere(root, 'update-rc.d')) for (const script of scripts) await run(['update-rc.d', script, 'disable']);
  for (const link of added()) rmSync(join(root, link), { force: true });
  return unique([...units.map((unit) => unit.replace(/\.service$/, '')), ...scripts]).sort();
}

const isUnit = (link: string): boolean => dirname(link).startsWith(UNITS);
const unique = (all: readonly string[]): string[] => [...new Set(all)];

function isThere(root: string, program: string): boolean {
  return ['usr/bin', 'usr/sbin', 'bin', 'sbin'].some((folder) => existsSync(join(root, folder, program)));
}

/** Names in a folder; none where there is no folder. */
function names(folder: string): string[] {
  try {
    return lstatSync(folder).isDirectory() ? readdirSync(folder) : [];
  } catch {
    return [];
  }
}
