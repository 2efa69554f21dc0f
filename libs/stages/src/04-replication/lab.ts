import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  anyFailure,
  askedInOrder,
  busyShare,
  databaseCapacityGuess,
  defineLab,
  failedRequests,
  furthestFromEvenRead,
  hostCount,
  lagBeforeDeath,
  limitingResource,
  limitingTier,
  limitLoad,
  lostWrites,
  nextToRunOut,
  readsPerWriteRead,
  replicaLagRead,
  replicaReadsRead,
  slowestWaitGuess,
  staleGuess,
  tailLatencyRead,
  transfer,
  withoutWrites,
} from '@loadstair/labs';
import { onlyReplicaDies } from './experiments/only-replica-dies.ts';
import { replicaDies } from './experiments/replica-dies.ts';
import { replicaSilent } from './experiments/replica-silent.ts';
import { slowLinkSync } from './experiments/slow-link-sync.ts';
import { slowLink } from './experiments/slow-link.ts';
import { staleReplicas } from './experiments/stale-replicas.ts';
import { withAndWithoutReplicas } from './experiments/with-and-without-replicas.ts';
import { fixIt } from '../fix-it.ts';
import { topology } from './stage.ts';

const KINDS = ['cpu', 'memory', 'disk', 'pool', 'slots', 'event-loop', 'lock', 'replay'] as const;

const payments = transfer({
  options: {
    fast: 'at once: replicas in the same room follow within a millisecond',
    nearby: 'when a replica in the same data centre has the commit',
    far: 'when a replica in another data centre has the commit',
    backup: 'at once, with a backup of the disk every hour',
  },
  right: 'far',
  because: 'Only a copy in another data centre survives when this one burns down. The price: each payment waits for the distance.',
  means: [
    'A write is safe from a failure when a copy exists that the failure does not reach.',
    'What is acknowledged before that copy exists can be lost.',
  ],
  seenIn: { stage: 4, step: 'waiting', says: 'steps 5 and 6: which writes were lost, and which waited' },
});

export const lab = defineLab(topology, readFileSync(join(import.meta.dirname, 'guide.md'), 'utf8'), [
  { id: 'look', action: { kind: 'look' }, check: { hosts: hostCount(), way: askedInOrder(topology) } },
  {
    id: 'limit',
    action: { kind: 'run', stage: 4, set: [] },
    predict: { tier: limitingTier(topology), load: limitLoad() },
    check: { named: limitingResource(KINDS), busy: busyShare(), next: nextToRunOut(topology) },
  },
  {
    id: 'with',
    action: { kind: 'experiment', experiment: withAndWithoutReplicas },
    predict: { more: databaseCapacityGuess('with') },
    check: { reads: readsPerWriteRead('writes as well'), share: replicaReadsRead('writes as well') },
  },
  {
    id: 'replica',
    action: { kind: 'experiment', experiment: replicaDies },
    predict: { noticed: anyFailure() },
    check: { furthest: furthestFromEvenRead('fresh one') },
  },
  {
    id: 'primary',
    action: { kind: 'experiment', experiment: slowLink },
    predict: { without: withoutWrites() },
    check: { lag: lagBeforeDeath(), lost: lostWrites() },
  },
  {
    id: 'waiting',
    action: { kind: 'experiment', experiment: slowLinkSync },
    predict: { without: withoutWrites() },
    check: { lost: lostWrites(), transfer: payments },
  },
  {
    id: 'fix',
    action: fixIt(topology, { measuredIn: 'limit', factor: 1.4, budget: { labCpus: 0.5, memoryMiB: 512 } }),
    check: { after: nextToRunOut(topology) },
  },
  {
    id: 'only',
    action: { kind: 'experiment', experiment: onlyReplicaDies },
    predict: { noticed: anyFailure() },
    check: { tail: tailLatencyRead('none') },
  },
  {
    id: 'silent',
    action: { kind: 'experiment', experiment: replicaSilent },
    predict: { wait: slowestWaitGuess() },
    check: { failed: failedRequests('caller') },
  },
  {
    id: 'late',
    action: { kind: 'experiment', experiment: staleReplicas },
    predict: { late: staleGuess('late') },
    check: { lag: replicaLagRead('late') },
  },
]);
