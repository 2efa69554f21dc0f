import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { MAX_NUMBER, NoNumberLeft } from './numbers.ts';
import type { PlacedHost, Placement } from './placement.ts';
import type { Tier, Topology } from './topology.ts';

export const SITE_NAME = 'photos.lab';
/** Name of the edges, which a provider of its own would have. */
export const FILES_NAME = 'cdn.photos.lab';

/** Gives every host of a topology its addresses and folder in an instance; see placement.ts for the plan of addresses. */
export function placeTopology(topology: Topology, where: { readonly instance: number; readonly labFolder: string }): Placement {
  const empty: Placement = {
    instance: where.instance,
    topology,
    hosts: [],
    primaries: {},
    siteName: SITE_NAME,
    labAddress: `127.${where.instance}.254.1`,
    clientPrefix: `127.${where.instance}.200`,
  };
  let number = 0;
  const hosts = topology.tiers.flatMap((tier) =>
    Array.from({ length: tier.count }, (_, index) => {
      number += 1;
      return placeHost(empty, where.labFolder, tier, index + 1, number);
    }),
  );
  return { ...empty, hosts };
}

/**
 * One further host of a tier.
 *
 * @param ordinal its number in the tier
 * @param number its number in the instance, which no other host has (numbers.ts)
 */
export function placeHost(
  placement: Pick<Placement, 'instance'>,
  labFolder: string,
  tier: Tier,
  ordinal: number,
  number: number,
): PlacedHost {
  if (number > MAX_NUMBER) throw new NoNumberLeft();
  const name = `${tier.name}-${ordinal}`;
  const at = (block: number): string => `127.${placement.instance}.${block}.${number}`;
  return {
    name,
    tier: tier.name,
    ordinal,
    tierSpec: tier,
    address: at(0),
    publicAddress: tier.public ? at(100) : null,
    reachedAt: tier.distanceMs > 0 ? at(10) : at(0),
    folder: join(labFolder, 'instances', String(placement.instance), 'hosts', name),
  };
}

/** Twelve hex digits that are equal exactly when two topologies are. */
export function hashOf(topology: Topology): string {
  return createHash('sha256').update(canonical(topology)).digest('hex').slice(0, 12);
}

/** JSON with sorted keys. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value)
    .filter(([, one]) => one !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, one]) => `${JSON.stringify(key)}:${canonical(one)}`).join(',')}}`;
}
