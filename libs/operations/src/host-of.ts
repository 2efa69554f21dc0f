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
  if (found === undefined) throw new NoSuchHost(`tier ${input.tier}`, state, hosts);
  return found.name;
}

/**
 * Does something to the host that an input means, or at once to all that are up in the place it names.
 *
 * @returns what HIT_HOSTS is a schema of
 * @throws NoSuchHost
 */
export async function hit(
  site: OperableSite,
  input: { host: string } | { tier: string } | { place: string },
  act: (host: string) => Promise<void>,
): Promise<{ readonly host: string; readonly others?: readonly string[] }> {
  if (!('place' in input)) {
    const host = hostOf(site, input, 'up');
    await act(host);
    return { host };
  }
  const there = hostsOf(site, input);
  const hosts = site.hosts();
  const [host, ...others] = hosts.flatMap(({ name, state }) => (state === 'up' && there.includes(name) ? [name] : []));
  if (host === undefined) throw new NoSuchHost(`place ${input.place}`, 'up', hosts);
  await Promise.all([host, ...others].map(act));
  return { host, others };
}

/** `web-1`, or `web-1, web-2`, of what HIT_HOSTS is a schema of. */
export function hitNames({ host, others = [] }: { readonly host: string; readonly others?: readonly string[] | undefined }): string {
  return [host, ...others].join(', ');
}

/** Names of the hosts that the site is placed on, dead or alive, of a tier or in a place. */
export function hostsOf({ placement }: Pick<OperableSite, 'placement'>, input: { tier: string } | { place: string }): string[] {
  const meant = ({ tier, place }: PlacedHost): boolean => ('tier' in input ? tier === input.tier : place === input.place);
  return placement.hosts.filter(meant).map(({ name }) => name);
}
