import type { ComponentKind, Tier } from './topology.ts';

/** What a PostgreSQL server takes at most, here and in its configuration: 16 web servers with pools of 20, and one with a pool of 200. */
export const MAX_CONNECTIONS = 400;
/** PostgreSQL keeps 3 for its superuser; the lab reads the server over one and does single things over others. */
const KEPT_FREE = 3 + 3;
/** The site looks at a database's health over a connection beside its pool. */
const BESIDE_POOL = 1;
export const DEFAULT_POOL = 20;

/** Some hosts of one tier. */
export interface HostsOf {
  readonly tier: Pick<Tier, 'name' | 'settings'> & { readonly components: readonly ComponentKind[] };
  readonly count: number;
}

export interface TooManyConnections {
  readonly problem: string;
  /** A setting that fits. */
  readonly set: string;
}

/** Null when the databases take the connections of all these web servers. Each server has a pool for each database. */
export function connectionProblem(hosts: readonly HostsOf[]): TooManyConnections | null {
  const sites = byTier(hosts.filter(({ tier }) => tier.components.includes('site')));
  const room = MAX_CONNECTIONS - KEPT_FREE;
  const wanted = sites.reduce((sum, { tier, count }) => sum + count * (poolOf(tier) + BESIDE_POOL), 0);
  if (wanted <= room) return null;
  const servers = sites.reduce((sum, { count }) => sum + count, 0);
  const parts = sites.map(({ tier, count }) => `${count} ${tier.name} × (pool ${poolOf(tier)} + ${BESIDE_POOL})`).join(' + ');
  const fits = Math.floor(room / servers) - BESIDE_POOL;
  return {
    problem: `The web servers would open ${parts} = ${wanted} connections; a database takes ${room}.`,
    set: `${sites[0]?.tier.name}.pool=${fits}`,
  };
}

/** Hosts of one tier together. */
function byTier(hosts: readonly HostsOf[]): HostsOf[] {
  const tiers = new Map<string, HostsOf>();
  for (const { tier, count } of hosts) tiers.set(tier.name, { tier, count: (tiers.get(tier.name)?.count ?? 0) + count });
  return [...tiers.values()];
}

function poolOf({ settings }: HostsOf['tier']): number {
  return settings.pool ?? DEFAULT_POOL;
}
