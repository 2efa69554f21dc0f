import { evolve, link, splitTier, type Tier } from '@loadstair/topology';
import { topology as singleServer } from '../01-single-server/stage.ts';
import type { Stage } from '../stage.ts';
import { bigHostDies } from './experiments/big-host-dies.ts';
import { relationalOrDocument } from './experiments/relational-or-document.ts';
import { verticalAgainstHorizontal } from './experiments/vertical-against-horizontal.ts';
import { wrongTier } from './experiments/wrong-tier.ts';
import { broken } from './broken.ts';
import { injections } from './injections.ts';
import { telemetryCost } from './telemetry-cost.ts';

const web: Tier = {
  name: 'web',
  count: 1,
  cpu: 1,
  memoryMiB: 256,
  components: ['site'],
  settings: { site: { pool: 20 } },
  public: true,
};

const db: Tier = {
  name: 'db',
  count: 1,
  cpu: 0.75,
  memoryMiB: 512,
  components: ['postgres'],
  settings: {},
  public: false,
};

export const topology = evolve(
  singleServer,
  { stage: 2, slug: 'separate-database', title: 'Separate database' },
  splitTier('server', [web, db]),
  link('clients', 'web', 'http'),
  link('web', 'db', 'sql'),
);

export const separateDatabase: Stage = {
  topology,
  story: {
    changed: 'The database moved to a host of its own.',
    why: 'Web tier and data tier no longer share a CPU, and each can be sized separately.',
    shows: 'Which of the two runs out of CPU first, and how much headroom the other has left.',
  },
  profile: 'pages',
  experiments: [verticalAgainstHorizontal, wrongTier, bigHostDies, relationalOrDocument],
  injections,
  broken,
  expected: { tier: 'web', resource: 'cpu' },
  bench: { telemetry: (full, bare) => telemetryCost(topology, web, full, bare) },
};
