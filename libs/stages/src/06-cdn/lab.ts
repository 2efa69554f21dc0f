import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  askedInOrder,
  busyShare,
  defineLab,
  edgeHitsGuess,
  fallbacksGuess,
  fallbacksRead,
  hostCount,
  limitingResource,
  limitingTier,
  limitLoad,
  siteBytesRead,
  trafficPriceRead,
} from '@loadstair/labs';
import { edgeDies } from './experiments/edge-dies.ts';
import { fillAndExpire } from './experiments/fill-and-expire.ts';
import { rareFiles } from './experiments/rare-files.ts';
import { topology } from './stage.ts';

const KINDS = ['cpu', 'memory', 'disk', 'pool', 'slots', 'event-loop', 'lock', 'replay', 'hit-ratio'] as const;

export const lab = defineLab(topology, readFileSync(join(import.meta.dirname, 'guide.md'), 'utf8'), [
  { id: 'look', action: { kind: 'look' }, check: { hosts: hostCount(), way: askedInOrder(topology) } },
  {
    id: 'fill',
    action: { kind: 'experiment', experiment: fillAndExpire },
    predict: { hits: edgeHitsGuess('an hour') },
    check: { sent: siteBytesRead('an hour') },
  },
  {
    id: 'rare',
    action: { kind: 'experiment', experiment: rareFiles },
    predict: { kept: edgeHitsGuess('without the rare') },
    check: { price: trafficPriceRead('without the rare') },
  },
  {
    id: 'limit',
    action: { kind: 'run', stage: 6, set: [] },
    predict: { tier: limitingTier(topology), load: limitLoad() },
    check: { named: limitingResource(KINDS), busy: busyShare() },
  },
  {
    id: 'dies',
    action: { kind: 'experiment', experiment: edgeDies },
    predict: { share: fallbacksGuess('one dead') },
    check: { instead: fallbacksRead('one dead') },
  },
]);
