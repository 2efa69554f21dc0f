import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { addressPlan } from './address-plan.ts';
import { SITE_NAME } from './names.ts';
import type { PlacedHost, Placement } from './placement.ts';
import { placeOfHost, placesOf } from './places.ts';
import type { Tier, Topology } from './topology.ts';

/** Gives every host of a topology its place, addresses and folder in an instance. */
export function placeTopology(topology: Topology, where: { readonly instance: number; readonly labFolder: string }): Placement {
  const addresses = addressPlan(
    where.instance,
    placesOf(topology).map(({ name }) => name),
  );
  const empty: Placement = {
    instance: where.instance,
    addresses,
    topology,
    hosts: [],
    primaries: {},
    siteName: SITE_NAME,
    labAddress: addresses.lab,
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
 * @param number its number in the instance (numbers.ts)
 * @throws NoNumberLeft
 */
export function placeHost(
  { instance, addresses, topology }: Pick<Placement, 'instance' | 'addresses' | 'topology'>,
  labFolder: string,
  tier: Tier,
  ordinal: number,
  number: number,
): PlacedHost {
  const name = `${tier.name}-${ordinal}`;
  const place = placeOfHost(topology, tier, ordinal);
  return {
    name,
    tier: tier.name,
    ordinal,
    tierSpec: tier,
    place,
    number,
    address: addresses.host(place, number),
    publicAddress: tier.public ? addresses.door(place, number) : null,
    folder: join(labFolder, 'instances', String(instance), 'hosts', name),
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
