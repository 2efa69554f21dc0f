import { tierByRole, type PlacedHost } from '@loadstair/topology';
import { NoSuchHost } from './problems.ts';
import type { OperableSite, SiteHost } from './site.ts';

/**
 * The host an input names, or the first one of the tier it names that is in a state. Databases are told by the part they play
 * now. Throws NoSuchHost.
 */
export function hostOf(site: OperableSite, input: { host: string } | { tier: string }, state: SiteHost['state']): string {
  if ('host' in input) return input.host;
  const hosts = site.hosts();
  const found = hosts.find((host) => tierByRole(site.placement, host) === input.tier && host.state === state);
  if (found === undefined) throw new NoSuchHost(input.tier, state, hosts);
  return found.name;
}

/** Names of the hosts that the site is placed on, dead or alive, of a tier or in a place. */
export function hostsOf({ placement }: Pick<OperableSite, 'placement'>, input: { tier: string } | { place: string }): string[] {
  const meant = ({ tier, place }: PlacedHost): boolean => ('tier' in input ? tier === input.tier : place === input.place);
  return placement.hosts.filter(meant).map(({ name }) => name);
}
