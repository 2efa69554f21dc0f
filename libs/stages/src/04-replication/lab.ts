import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  askedInOrder,
  busyShare,
  defineLab,
  failedRequests,
  hostCount,
  lagBeforeDeath,
  limitingResource,
  limitingTier,
  limitLoad,
  lostWrites,
  nextToRunOut,
  recoveryGuess,
  withoutWrites,
} from '@loadstair/labs';
import { slowLink } from './experiments/slow-link.ts';
import { slowLinkSync } from './experiments/slow-link-sync.ts';
import { replicaDies } from './experiments/replica-dies.ts';
import { topology } from './stage.ts';

const KINDS = ['cpu', 'memory', 'disk', 'pool', 'slots', 'event-loop', 'lock', 'replay'] as const;

export const lab = defineLab(topology, readFileSync(join(import.meta.dirname, 'guide.md'), 'utf8'), [
  { id: 'look', action: { kind: 'look' }, check: { hosts: hostCount(), way: askedInOrder(topology) } },
  {
    id: 'limit',
    action: { kind: 'run', stage: 4, set: [] },
    predict: { tier: limitingTier(topology), load: limitLoad() },
    check: { named: limitingResource(KINDS), busy: busyShare(), next: nextToRunOut(topology) },
  },
  {
    id: 'replica',
    action: { kind: 'experiment', experiment: replicaDies },
    predict: { recovery: recoveryGuess('caller') },
    check: { failed: failedRequests('caller') },
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
    check: { lost: lostWrites() },
  },
]);
