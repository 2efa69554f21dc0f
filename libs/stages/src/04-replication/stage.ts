import { addTier, evolve, link, setOnTier, type Tier } from '@loadstair/topology';
import { topology as loadBalancer } from '../03-load-balancer/stage.ts';
import type { Stage } from '../stage.ts';
import { latencyAgainstGuarantee } from './experiments/latency-against-guarantee.ts';
import { slowLink } from './experiments/slow-link.ts';
import { slowLinkSync } from './experiments/slow-link-sync.ts';
import { onlyReplicaDies } from './experiments/only-replica-dies.ts';
import { primaryDestroyed } from './experiments/primary-destroyed.ts';
import { primaryDies } from './experiments/primary-dies.ts';
import { replicaDies } from './experiments/replica-dies.ts';
import { replicaSilent } from './experiments/replica-silent.ts';
import { staleReplicas } from './experiments/stale-replicas.ts';
import { withAndWithoutReplicas } from './experiments/with-and-without-replicas.ts';
import { broken } from './broken.ts';
import { injections } from './injections.ts';

const replica: Tier = {
  name: 'db-replica',
  count: 2,
  cpu: 0.5,
  memoryMiB: 512,
  components: ['postgres'],
  settings: { postgres: { delay: 0, bandwidth: 0, transit: 0 } },
  public: false,
};

export const topology = evolve(
  loadBalancer,
  { stage: 4, slug: 'replication', title: 'Replication' },
  addTier(replica),
  setOnTier('web', 'site', { consistency: 'after-write-primary' }),
  setOnTier('db', 'postgres', { sync: 0 }),
  link('web', 'db-replica', 'sql'),
  link('db-replica', 'db', 'wal'),
);

export const replication: Stage = {
  topology,
  story: {
    changed: 'Two replicas follow the database: writes go to the primary, reads to the replicas.',
    why: 'Most of the work is reading, which can be spread over hosts, and the data survives the loss of a database host.',
    shows: 'What runs out when the same rows are read over and over, how stale a read can be, and what is lost when the primary dies.',
  },
  profile: 'favourites',
  experiments: [
    onlyReplicaDies,
    primaryDies,
    slowLink,
    slowLinkSync,
    primaryDestroyed,
    replicaDies,
    replicaSilent,
    latencyAgainstGuarantee,
    withAndWithoutReplicas,
    staleReplicas,
  ],
  injections,
  broken,
  expected: { tier: 'db-replica', resource: 'cpu' },
};
