import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A package as a paragraph of /var/lib/dpkg/status has it. */
export interface MadeUpPackage {
  readonly name: string;
  readonly version?: string;
  readonly status?: string;
  readonly depends?: string;
  readonly provides?: string;
  /** Paths that it brought. */
  readonly files?: readonly string[];
}

/** A folder that is read as a Debian would be; its taker removes it. */
export function debianRoot(packages: readonly MadeUpPackage[]): string {
  const root = mkdtempSync(join(tmpdir(), 'loadstair-debian-'));
  for (const folder of ['var/lib/dpkg/info', 'var/lib/dpkg/updates', 'var/lib/loadstair', 'etc', 'usr/sbin', 'proc'])
    mkdirSync(join(root, folder), { recursive: true });
  writeFileSync(join(root, 'etc/passwd'), 'root:x:0:0:root:/root:/bin/sh\n');
  havePackages(root, packages);
  return root;
}

/** Replaces what is installed there. */
export function havePackages(root: string, packages: readonly MadeUpPackage[]): void {
  const paragraphs = packages.map(({ name, version = '1.0', status = 'install ok installed', depends, provides }) =>
    [
      `Package: ${name}`,
      `Status: ${status}`,
      `Version: ${version}`,
      ...(depends === undefined ? [] : [`Depends: ${depends}`]),
      ...(provides === undefined ? [] : [`Provides: ${provides}`]),
      'Description: made up\n of several lines\n Depends: nothing',
      '',
    ].join('\n'),
  );
  writeFileSync(join(root, 'var/lib/dpkg/status'), paragraphs.join('\n'));
  for (const { name, files = [] } of packages) {
    writeFileSync(join(root, `var/lib/dpkg/info/${name}.list`), files.map((file) => `${file}\n`).join(''));
    for (const file of files) {
      mkdirSync(dirname(join(root, file)), { recursive: true });
      writeFileSync(join(root, file), '');
    }
  }
}
