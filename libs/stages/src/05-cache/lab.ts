import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  askedInOrder,
  busyShare,
  costRatioRead,
  databaseShareGuess,
  databaseShareRead,
  databaseSpikeGuess,
  databaseSpikeRead,
  defineLab,
  hitRatioGuess,
  hitRatioRead,
  hostCount,
  limitingResource,
  limitingTier,
  limitLoad,
  lostWrites,
  mostHits,
  nextToRunOut,
  staleGuess,
  staleRead,
  staleShareRead,
  transfer,
  writeTimeRead,
} from '@loadstair/labs';
import { cacheDies } from './experiments/cache-dies.ts';
import { cacheRestarts } from './experiments/cache-restarts.ts';
import { cacheSaves } from './experiments/cache-saves.ts';
import { cacheScales } from './experiments/cache-scales.ts';
import { cacheWithoutHits } from './experiments/cache-without-hits.ts';
import { eviction } from './experiments/eviction.ts';
import { idleExpiry } from './experiments/idle-expiry.ts';
import { overProvisioning } from './experiments/over-provisioning.ts';
import { staleHits } from './experiments/stale-hits.ts';
import { timeToLive } from './experiments/time-to-live.ts';
import { writeThrough } from './experiments/write-through.ts';
import { fixIt } from '../fix-it.ts';
import { topology } from './stage.ts';

const KINDS = ['cpu', 'memory', 'disk', 'pool', 'slots', 'event-loop', 'lock', 'replay', 'hit-ratio'] as const;

const newsSite = transfer({
  options: {
    nothing: 'nothing: 30 % is far from full',
    slower: 'pages are a little slower until the cache has filled again',
    overload: 'the databases get many times their load and run out',
    stale: 'readers see old news',
  },
  right: 'overload',
  because: '1 % of the lookups makes the databases 30 % busy. With all of them, they would need some 30 times their CPU.',
  means: ['Only misses reach the databases.', 'An emptied cache misses everything, until it has filled again.'],
  seenIn: { stage: 5, step: 'dies', says: 'step 6: the first seconds after the death of a cache server' },
});

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
    id: 'ttl',
    action: { kind: 'experiment', experiment: timeToLive },
    predict: { saved: databaseShareGuess('60 s') },
    check: { stale: staleShareRead('60 s') },
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
    check: { measured: databaseSpikeRead('one dead'), transfer: newsSite },
  },
  {
    id: 'fix',
    action: fixIt(topology, { measuredIn: 'limit', factor: 1.25, budget: { labCpus: 1, memoryMiB: 256 } }),
    check: { after: nextToRunOut(topology) },
  },
  {
    id: 'through',
    action: { kind: 'experiment', experiment: writeThrough },
    predict: { hits: hitRatioGuess('write-through') },
    check: { slower: writeTimeRead('write-through') },
  },
  {
    id: 'servers',
    action: { kind: 'experiment', experiment: cacheScales },
    predict: { hits: hitRatioGuess('three') },
    check: { saved: databaseShareRead('three') },
  },
  {
    id: 'expiry',
    action: { kind: 'experiment', experiment: idleExpiry },
    predict: { hits: hitRatioGuess('idle') },
    check: { saved: databaseShareRead('none') },
  },
  {
    id: 'vain',
    action: { kind: 'experiment', experiment: cacheWithoutHits },
    predict: { hits: hitRatioGuess('cache 3') },
    check: { cost: costRatioRead('no cache') },
  },
  {
    id: 'restart',
    action: { kind: 'experiment', experiment: cacheRestarts },
    predict: { rush: databaseSpikeGuess('started again') },
    check: { lost: lostWrites() },
  },
  {
    id: 'evict',
    action: { kind: 'experiment', experiment: eviction },
    predict: {
      best: mostHits({
        'least frequently used': 'least frequently used (LFU)',
        'least recently used': 'least recently used (LRU)',
        'first in, first out': 'first in, first out (FIFO)',
      }),
    },
    check: { hits: hitRatioRead('least frequently used') },
  },
  {
    id: 'spare',
    action: { kind: 'experiment', experiment: overProvisioning },
    predict: { saved: databaseShareGuess('as much again') },
    check: { hits: hitRatioRead('as much again') },
  },
]);
