import { statfsSync } from 'node:fs';
import { declarationOf } from '@loadstair/components/declarations';
import { Problem } from '@loadstair/kit';
import type { PlacedHost } from '@loadstair/topology';

const MIB = 2 ** 20;

/**
 * MiB on disk, measured on 30 November 2026: a host has a log and compiled configuration beside what its components declare.
 * Prometheus, the samples and the run's own folder stay below the rest.
 */
const HOST_MIB = 10;
const RUN_MIB = 300;

/** The disk has no room for a site. */
export class NoSpace extends Problem {
  constructor(folder: string, neededMiB: number, freeMiB: number) {
    super({
      what: 'There is not enough free disk space.',
      why: `${folder} has ${freeMiB} MiB free; these hosts and one run need ${neededMiB} MiB`,
      do: './lab prune shows what can be deleted; or free some space',
      code: 'E_NO_SPACE',
      exit: 6,
    });
  }
}

export function neededMiB(hosts: readonly Pick<PlacedHost, 'tierSpec'>[]): number {
  const ofHost = ({ tierSpec }: Pick<PlacedHost, 'tierSpec'>): number =>
    tierSpec.components.reduce((sum, kind) => sum + declarationOf(kind).diskMiB, HOST_MIB);
  return hosts.reduce((sum, host) => sum + ofHost(host), RUN_MIB);
}

/**
 * A disk that fills up in the middle of a run costs the run: better none begins.
 *
 * @throws NoSpace
 */
export function checkSpace(
  folder: string,
  hosts: readonly Pick<PlacedHost, 'tierSpec'>[],
  freeBytes = (path: string): number => {
    const { bavail, bsize } = statfsSync(path);
    return bavail * bsize;
  },
): void {
  const needed = neededMiB(hosts);
  const free = Math.floor(freeBytes(folder) / MIB);
  if (free < needed) throw new NoSpace(folder, needed, free);
}
