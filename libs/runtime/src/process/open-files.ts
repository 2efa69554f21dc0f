import { readFileSync } from 'node:fs';
import { mostFiles, type ComponentKind, type OpenFiles, type PlacedHost } from '@loadstair/topology';

const NAMES: Readonly<Record<ComponentKind, string>> = {
  site: 'The site',
  haproxy: 'HAProxy',
  postgres: 'PostgreSQL',
  redis: 'Redis',
  varnish: 'Varnish',
};

/** A program of the lab needs more open files than this shell may give. */
export class TooFewFiles extends Error {
  readonly what: string;
  readonly why: string;
  readonly do: string;
  readonly code = 'E_FILES';
  readonly exit = 6;
  constructor({ kind, files, because }: OpenFiles, allowed: number) {
    super(`${NAMES[kind]} needs ${files} open files; ${allowed} are allowed here.`);
    this.name = 'TooFewFiles';
    this.what = 'Too few open files are allowed here.';
    this.why = `${NAMES[kind]} needs ${files} (${because}); the hard limit is ${allowed}`;
    this.do = `as root: ulimit -Hn ${files}, in the same shell before ./lab`;
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
