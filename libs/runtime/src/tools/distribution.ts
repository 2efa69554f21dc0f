import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SystemPackage } from '@loadstair/components/declarations';

/** Distributions by their package manager. */
export type Family = 'debian' | 'fedora' | 'arch' | 'other';

export interface Distribution {
  /** `debian`, `ubuntu`, …; empty where nothing says it. */
  readonly id: string;
  readonly family: Family;
  /** As people write it, such as `Debian GNU/Linux 12 (bookworm)`; empty where /etc/os-release does not say. */
  readonly title: string;
  /** Of a release, such as `bookworm`; empty where there is none. */
  readonly codename: string;
}

/** What /etc/os-release says of a machine (os-release(5)). */
export function distributionOf(root = ''): Distribution {
  const fields = new Map(
    osRelease(root).flatMap((line) => {
      const [, name, value] = /^([A-Z_]+)="?(.*?)"?$/.exec(line) ?? [];
      return name === undefined || value === undefined ? [] : [[name, value] as const];
    }),
  );
  // Ubuntu’s ID_LIKE names Debian.
  const names = [fields.get('ID') ?? '', ...(fields.get('ID_LIKE') ?? '').split(' ')];
  const family = (['debian', 'fedora', 'arch'] as const).find((one) => names.includes(one)) ?? 'other';
  return {
    id: fields.get('ID') ?? '',
    family,
    title: fields.get('PRETTY_NAME') ?? '',
    codename: fields.get('VERSION_CODENAME') ?? '',
  };
}

/** Name of a package in a distribution; Debian’s where the distribution is unknown. */
export function packageName(source: SystemPackage, family: Family): string {
  return family === 'fedora' || family === 'arch' ? source[family] : source.pack;
}

/** The command that installs packages there, without `sudo`. */
export function installCommand(names: readonly string[], family: Family): string {
  const list = names.join(' ');
  if (family === 'fedora') return `dnf install ${list}`;
  if (family === 'arch') return `pacman -S ${list}`;
  return `apt-get install --no-install-recommends ${list}`;
}

function osRelease(root: string): string[] {
  for (const file of ['etc/os-release', 'usr/lib/os-release']) {
    try {
      return readFileSync(join(root, '/', file), 'utf8').split('\n');
    } catch {
      // The other one, or none.
    }
  }
  return [];
}
