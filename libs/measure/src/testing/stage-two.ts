import type { Topology } from '@loadstair/topology';

/** A web host and a database host, for tests. */
export const stageTwo: Topology = {
  stage: 2,
  slug: 'two',
  title: 'Two',
  tiers: [
    { name: 'web', count: 1, cpu: 1, memoryMiB: 256, components: ['site'], settings: { site: { pool: 20 } }, public: true, distanceMs: 0 },
    { name: 'db', count: 1, cpu: 1, memoryMiB: 512, components: ['postgres'], settings: {}, public: false, distanceMs: 0 },
  ],
  links: [
    { from: 'clients', to: 'web', role: 'http' },
    { from: 'web', to: 'db', role: 'sql' },
  ],
};
