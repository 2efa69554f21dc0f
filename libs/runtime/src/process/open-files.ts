import { readFileSync } from 'node:fs';
import { mostFiles, type Declaration } from '@loadstair/components/declarations';
import { Problem } from '@loadstair/kit';
import type { PlacedHost } from '@loadstair/topology';

/** A program of the lab needs more open files than this shell may give. */
export class TooFewFiles extends Problem {
  constructor({ title, openFiles: { least, because } }: Declaration, allowed: number) {
    super({
      what: 'The limit of open files is too low.',
      why: `${title} needs ${least} (${because}); the hard limit is ${allowed}`,
      do: `as root: ulimit -Hn ${least}, in the same shell before ./lab`,
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
  if (most !== null && allowed !== null && most.openFiles.least > allowed) throw new TooFewFiles(most, allowed);
}
