import { join } from 'node:path';
import { namesIn, readTextOr } from '@loadstair/kit/node';

/** A package that dpkg knows on this machine. */
export interface DebianPackage {
  readonly name: string;
  readonly version: string;
  /** `settings`: it was removed, and its settings were left. */
  readonly state: 'installed' | 'settings';
  /** What it cannot work without: one of each group, by name. */
  readonly needs: readonly (readonly string[])[];
  /** Names beside its own that it can stand for. */
  readonly provides: readonly string[];
}

/** Every package of a machine by its name, as /var/lib/dpkg/status has it; none where there is no dpkg. */
export function debianPackages(root: string): Map<string, DebianPackage> {
  const packages = new Map<string, DebianPackage>();
  for (const paragraph of readTextOr(join(root, '/var/lib/dpkg/status'), '').split('\n\n')) {
    const fields = new Map(
      paragraph
        .replace(/\n[ \t]+/g, ' ')
        .split('\n')
        .map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()] as const),
    );
    const name = fields.get('Package');
    const status = fields.get('Status') ?? '';
    if (name === undefined || packages.get(name)?.state === 'installed' || /not-installed$/.test(status)) continue;
    packages.set(name, {
      name,
      version: fields.get('Version') ?? '',
      // Half-installed ones count: dpkg has work to do with them.
      state: /config-files$/.test(status) ? 'settings' : 'installed',
      needs: [fields.get('Pre-Depends'), fields.get('Depends')].flatMap(groupsOf),
      provides: groupsOf(fields.get('Provides')).flat(),
    });
  }
  return packages;
}

/** Paths that a package brought, as dpkg keeps them. */
export function filesOf(root: string, name: string): string[] {
  const folder = join(root, '/var/lib/dpkg/info');
  const file = namesIn(folder).find((one) => one === `${name}.list` || (one.startsWith(`${name}:`) && one.endsWith('.list')));
  return file === undefined ? [] : readTextOr(join(folder, file), '').split('\n').filter(Boolean);
}

/** `a (>= 1) | b, c:any` is [[a, b], [c]]. */
function groupsOf(text: string | undefined): string[][] {
  return (text ?? '')
    .split(',')
    .map((group) => group.split('|').flatMap((one) => /^\s*([a-z0-9][a-z0-9+.-]*)/.exec(one)?.[1] ?? []))
    .filter((group) => group.length > 0);
}
