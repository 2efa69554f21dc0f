import { publicAddressFrom } from './places.ts';
import { answerOf, type Asker } from './dns-policy.ts';
import type { PlacedHost, Placement } from './placement.ts';
import type { PublicName, Topology } from './topology.ts';

export const SITE_NAME = 'photos.lab';
/** Name of the edges, which a provider of its own would have. */
export const FILES_NAME = 'cdn.photos.lab';

/** What a name is answered by unless a topology says otherwise. */
const NEAREST = { kind: 'nearest', ttlS: 60, checked: false } as const;

/** Every public name of a topology. The site's own stands for all public tiers that have no other name. */
export function namesOf({ tiers, names = [] }: Pick<Topology, 'tiers' | 'names'>): readonly PublicName[] {
  if (names.some(({ name }) => name === SITE_NAME)) return names;
  const named = new Set(names.flatMap((one) => one.tiers));
  const site = tiers.filter((tier) => tier.public && !named.has(tier.name)).map(({ name }) => name);
  return [{ name: SITE_NAME, tiers: site, policy: NEAREST }, ...names];
}

/** Hosts that a name may be answered with; null when there is no such name. */
export function hostsNamed(placement: Pick<Placement, 'topology' | 'hosts'>, name: string): readonly PlacedHost[] | null {
  const found = namesOf(placement.topology).find((one) => one.name === name);
  return found === undefined
    ? null
    : placement.hosts.filter(({ tier, publicAddress }) => publicAddress !== null && found.tiers.includes(tier));
}

/** The host at which the site itself is reached, and not only its files; the first of them. */
export function siteHost(placement: Pick<Placement, 'topology' | 'hosts'>): PlacedHost | null {
  return hostsNamed(placement, SITE_NAME)?.[0] ?? null;
}

/** What a name server says of a name. */
export interface NameAnswer {
  readonly addresses: readonly string[];
  readonly ttlS: number;
}

/**
 * The addresses of a name as its asker reaches them, by the name's policy; null when there is no such name.
 *
 * @param healthy whether a host passes its health check now
 */
export function resolve(placement: Placement, name: string, asker: Asker, healthy: (host: PlacedHost) => boolean): NameAnswer | null {
  const found = namesOf(placement.topology).find((one) => one.name === name);
  const hosts = hostsNamed(placement, name);
  if (found === undefined || hosts === null) return null;
  const answered = answerOf(found.policy, placement.topology, hosts, healthy, asker);
  return { addresses: answered.flatMap((host) => publicAddressFrom(placement, asker.place, host) ?? []), ttlS: found.policy.ttlS };
}
