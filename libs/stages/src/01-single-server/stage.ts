import type { Topology } from '@loadstair/topology';
import type { Stage } from '../stage.ts';
import { cpuSplit } from './experiments/cpu-split.ts';
import { broken } from './broken.ts';
import { injections } from './injections.ts';

/** Everything on one machine: the site, its database, sessions and cache. */
export const topology: Topology = {
  stage: 1,
  slug: 'single-server',
  title: 'Single server',
  tiers: [
    {
      name: 'server',
      count: 1,
      cpu: 1.2,
      memoryMiB: 512,
      components: ['site', 'postgres'],
      settings: { site: { pool: 20 } },
      public: true,
    },
  ],
  links: [{ from: 'clients', to: 'server', role: 'http' }],
  groups: ['server'],
  places: [{ name: 'east', kind: 'data centre', users: 1 }],
};

export const singleServer: Stage = {
  topology,
  story: {
    changed: 'One host holds everything: the web application, the database, the sessions and the cache.',
    why: 'A site on one host is the simplest to run.',
    shows: 'How the web application and the database share the CPU of one host.',
  },
  profile: 'shared-host',
  experiments: [cpuSplit],
  injections,
  broken,
  expected: { tier: 'server', resource: 'cpu' },
};
