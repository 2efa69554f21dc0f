import { readFileSync } from 'node:fs';
import { Problem } from '@loadstair/kit';
import { mostFiles, type ComponentKind, type OpenFiles, type PlacedHost } from '@loadstair/topology';

const NAMES: Readonly<Record<ComponentKind, string>> = {
  site: 'The site',
  haproxy: 'HAProxy',
  postgres: 'PostgreSQL',
  redis: 'Redis',
  varnish: 'Varnish',
};

/** A program of the lab needs more open files than this shell may give. */
export class TooFewFiles extends Problem {
  constructor({ kind, files, because }: OpenFiles, allowed: number) {
    super({
      what: 'Too few open files are allowed here.',
      why: `${NAMES[kind]} needs ${files} (${because}); the hard limit is ${allowed}`,
      do: `as root: ulimit -Hn ${files}, in the same shell before ./lab`,
      code: 'E_FILES',
      exit: 6,
    });
  }
}

/** How many open files this process may at most allow itself and its children; null where /proc does not say. */
export function hardLimitOfFiles(limits = '/proc/self/limits'): number | null {
  try {
    const hard = /^Max open files\s+\S+\s+(\S+)/m.exec(readFileSync(limits, 'utf8'))?.[1];
    return hard === undefined ? null : hard === 'unlimited' ? Infinity : Number(hard);
  } catch {
    return null;
  }
}

/** @throws TooFewFiles when a component of these hosts needs more */
export function checkFiles(hosts: readonly Pick<PlacedHost, 'tierSpec'>[], allowed = hardLimitOfFiles()): void {
  const most = mostFiles(hosts.map(({ tierSpec }) => tierSpec));
  if (most !== null && allowed !== null && most.files > allowed) throw new TooFewFiles(most, allowed);
}
