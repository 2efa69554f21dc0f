import type { Tier, Topology } from '../topology.ts';

/** A tier of small hosts with nothing set; `web` is public. */
export function tier(name: string, components: Tier['components'], count = 1): Tier {
  return { name, count, cpu: 1, memoryMiB: 256, components, settings: {}, public: name === 'web', distanceMs: 0 };
}

/** A site and its database. */
export const ALONE: Topology = {
  stage: 2,
  slug: 'alone',
  title: 'Alone',
  tiers: [tier('web', ['site']), tier('db', ['postgres'])],
  links: [
    { from: 'clients', to: 'web', role: 'http' },
    { from: 'web', to: 'db', role: 'sql' },
  ],
};

/** The same with two replicas, which the site reads from. */
export const FOLLOWED: Topology = {
  ...ALONE,
  tiers: [...ALONE.tiers, tier('db-replica', ['postgres'], 2)],
  links: [...ALONE.links, { from: 'web', to: 'db-replica', role: 'sql' }, { from: 'db-replica', to: 'db', role: 'wal' }],
};
