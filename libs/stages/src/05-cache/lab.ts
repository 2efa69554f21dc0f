import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  askedInOrder,
  busyShare,
  databaseShareRead,
  databaseSpikeGuess,
  databaseSpikeRead,
  defineLab,
  hitRatioGuess,
  hostCount,
  limitingResource,
  limitingTier,
  limitLoad,
  nextToRunOut,
  staleGuess,
  staleRead,
} from '@loadstair/labs';
import { cacheDies } from './experiments/cache-dies.ts';
import { cacheSaves } from './experiments/cache-saves.ts';
import { staleHits } from './experiments/stale-hits.ts';
import { topology } from './stage.ts';

const KINDS = ['cpu', 'memory', 'disk', 'pool', 'slots', 'event-loop', 'lock', 'replay', 'hit-ratio'] as const;

export const lab = defineLab(topology, readFileSync(join(import.meta.dirname, 'guide.md'), 'utf8'), [
  { id: 'look', action: { kind: 'look' }, check: { hosts: hostCount(), way: askedInOrder(topology) } },
  {
    id: 'saves',
    action: { kind: 'experiment', experiment: cacheSaves },
    predict: { hits: hitRatioGuess('with') },
    check: { saved: databaseShareRead('with') },
  },
  {
    id: 'limit',
    action: { kind: 'run', stage: 5, set: [] },
    predict: { tier: limitingTier(topology), load: limitLoad() },
    check: { named: limitingResource(KINDS), busy: busyShare(), next: nextToRunOut(topology) },
  },
  {
    id: 'stale',
    action: { kind: 'experiment', experiment: staleHits },
    predict: { kept: staleGuess('left alone') },
    check: { stale: staleRead('left alone') },
  },
  {
    id: 'dies',
    action: { kind: 'experiment', experiment: cacheDies },
    predict: { rush: databaseSpikeGuess('one dead') },
    check: { measured: databaseSpikeRead('one dead') },
  },
]);
