import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  askedInOrder,
  busyShare,
  defineLab,
  edgeAnswered,
  edgeHitsGuess,
  fallbacksGuess,
  fallbacksRead,
  fileTimeGuess,
  hostCount,
  limitingResource,
  limitingTier,
  limitLoad,
  nextToRunOut,
  siteBytesGuess,
  siteBytesRead,
  staleShareRead,
  trafficPriceRead,
  transfer,
} from '@loadstair/labs';
import { edgeDies } from './experiments/edge-dies.ts';
import { fillAndExpire } from './experiments/fill-and-expire.ts';
import { howLongFilesLive } from './experiments/how-long-files-live.ts';
import { purgeAndVersion } from './experiments/purge-and-version.ts';
import { rareFiles } from './experiments/rare-files.ts';
import { fixIt } from '../fix-it.ts';
import { topology } from './stage.ts';

const KINDS = ['cpu', 'memory', 'disk', 'pool', 'slots', 'event-loop', 'lock', 'replay', 'hit-ratio'] as const;

const filmSite = transfer({
  options: {
    fallback: 'the players fall back to the site',
    second: 'a second provider of edges, which the players fall back to',
    longer: 'a longer life for every film at the edges',
    purge: 'removing all films from the edges',
  },
  right: 'second',
  because: 'Without edges the site would have to send twenty times what it was sized for. A second provider can send that much.',
  means: ['A fallback must be able to carry what it takes over.', 'Edges send far more than the site sends itself.'],
  seenIn: { stage: 6, step: 'dies', says: 'step 6: what users fetched from the site while one edge was dead' },
});

export const lab = defineLab(topology, readFileSync(join(import.meta.dirname, 'guide.md'), 'utf8'), [
  { id: 'look', action: { kind: 'look' }, check: { hosts: hostCount(), way: askedInOrder(topology) } },
  {
    id: 'fill',
    action: { kind: 'experiment', experiment: fillAndExpire },
    predict: { hits: edgeHitsGuess('an hour'), west: fileTimeGuess('west', 'an hour') },
    check: { sent: siteBytesRead('an hour') },
  },
  {
    id: 'names',
    action: { kind: 'experiment', experiment: purgeAndVersion },
    predict: { purged: edgeAnswered(2, 1) },
    check: { version: edgeAnswered(3, 1), old: edgeAnswered(3, 3) },
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
    check: { instead: fallbacksRead('one dead'), transfer: filmSite },
  },
  {
    id: 'fix',
    action: fixIt(topology, { measuredIn: 'limit', factor: 1.4, budget: { labCpus: 1, memoryMiB: 256 } }),
    check: { after: nextToRunOut(topology) },
  },
  {
    id: 'life',
    action: { kind: 'experiment', experiment: howLongFilesLive },
    predict: { sent: siteBytesGuess('60 s') },
    check: { stale: staleShareRead('60 s') },
  },
]);
