import { settingsOf, type Components, type HostsOfTier, type Tier, type TooMany } from '@loadstair/topology';

/** PostgreSQL keeps 3 for its superuser; the lab reads the server over one and does single things over others. */
const KEPT_FREE = 3 + 3;
/** The site looks at a database's health over a connection beside its pool. */
const BESIDE_POOL = 1;

export const POOL = {
  unit: null,
  whole: true,
  low: 1,
  high: 200,
  default: 20,
  relieves: 'pool',
  meaning: 'size of the connection pool of each site process',
} as const;

/** Connections to each database of a site process of a tier. */
export function poolOf(tier: Pick<Tier, 'settings'>): number {
  return settingsOf(tier, { kind: 'site', settings: { pool: POOL } }).pool ?? POOL.default;
}

/** Null when the databases take the connections of all these web servers. Each server has a pool for each database. */
export function tooManyConnections(hosts: readonly HostsOfTier[], components: Components): TooMany | null {
  const sites = byTier(hosts);
  const most = Math.min(...[...components.values()].flatMap(({ mostConnections }) => mostConnections ?? []));
  const room = most - KEPT_FREE;
  const wanted = sites.reduce((sum, { tier, count }) => sum + count * (poolOf(tier) + BESIDE_POOL), 0);
  if (wanted <= room) return null;
  const servers = sites.reduce((sum, { count }) => sum + count, 0);
  const parts = sites.map(({ tier, count }) => `${count} ${tier.name} × (pool ${poolOf(tier)} + ${BESIDE_POOL})`).join(' + ');
  const fits = Math.floor(room / servers) - BESIDE_POOL;
  return {
    code: 'E_CONNECTIONS',
    what: 'The web servers would open more connections than the database accepts.',
    why: `The web servers would open ${parts} = ${wanted} connections; a database accepts ${room}.`,
    advice: 'start the site with smaller pools',
    set: `${sites[0]?.tier.name}.pool=${fits}`,
  };
}

/** Hosts of one tier together. */
function byTier(hosts: readonly HostsOfTier[]): HostsOfTier[] {
  const tiers = new Map<string, HostsOfTier>();
  for (const { tier, count } of hosts) tiers.set(tier.name, { tier, count: (tiers.get(tier.name)?.count ?? 0) + count });
  return [...tiers.values()];
}
