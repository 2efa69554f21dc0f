import { readFileSync } from 'node:fs';
import { Problem } from '@loadstair/kit';
import type { LabPart } from './groups.ts';

/**
 * User ids that the programs of one instance run as. Each host has one of its own, so that no host can read another's files or signal
 * its processes, and so that one firewall rule tells the lab's programs from everybody else's. Nobody has an account with such an id.
 */
export interface UserIds {
  readonly first: number;
  readonly last: number;
  /** @param number of the host in its instance, 1–254 */
  host(number: number): number;
  part(part: LabPart): number;
}

/** The kernel knows too few user ids here for a user of each host. */
export class NoUserIds extends Problem {
  constructor(mapped: number) {
    super({
      what: 'The servers cannot have their own system users on this machine.',
      why: `only ${mapped} user ids are mapped (/proc/self/uid_map)`,
      do: 'run the lab in a container or machine that maps at least the user ids 0 to 65535',
      code: 'E_NO_USER_IDS',
      exit: 6,
    });
  }
}

/**
 * systemd's table of user ids leaves 1879048192 (0x70000000) and up to nobody: below it are people, services and containers
 * (https://systemd.io/UIDS-GIDS). A container with a user namespace often maps 65,536 ids only.
 */
const RANGES = [
  { base: 0x7000_0000, perInstance: 512 },
  { base: 20_000, perInstance: 320 },
] as const;
const FIRST_PART = 256;
const PARTS: readonly LabPart[] = ['clients', 'prometheus', 'proxies'];
const MAX_INSTANCE = 120;

/**
 * @param uidMap content of /proc/self/uid_map: lines of inside, outside, length
 * @throws NoUserIds
 */
export function userIds(instance: number, uidMap = readFileSync('/proc/self/uid_map', 'utf8')): UserIds {
  const mapped = uidMap
    .split('\n')
    .filter(Boolean)
    .map((line) => line.trim().split(/\s+/).map(Number))
    .map(([inside = 0, , length = 0]) => ({ first: inside, last: inside + length - 1 }));
  const range = RANGES.find(({ base, perInstance }) =>
    mapped.some(({ first, last }) => first <= base && base + (MAX_INSTANCE + 1) * perInstance <= last + 1),
  );
  if (range === undefined) throw new NoUserIds(mapped.reduce((sum, { first, last }) => sum + last - first + 1, 0));
  const start = range.base + instance * range.perInstance;
  return {
    first: start,
    last: start + range.perInstance - 1,
    host: (number) => start + number,
    part: (part) => start + FIRST_PART + PARTS.indexOf(part),
  };
}
