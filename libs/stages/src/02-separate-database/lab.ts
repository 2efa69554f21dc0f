import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  busyShare,
  causeOrSymptom,
  costRatioGuess,
  costRatioRead,
  defineLab,
  downTime,
  failingWhileDown,
  hostCount,
  limitingResource,
  limitingTier,
  limitLoad,
  nextToRunOut,
  publicTier,
  ratioGuess,
  ratioRead,
  refusal,
  siteCapacityGuess,
  siteCapacityRead,
  transfer,
} from '@loadstair/labs';
import { bigHostDies } from './experiments/big-host-dies.ts';
import { relationalOrDocument } from './experiments/relational-or-document.ts';
import { verticalAgainstHorizontal } from './experiments/vertical-against-horizontal.ts';
import { wrongTier } from './experiments/wrong-tier.ts';
import { fixIt } from '../fix-it.ts';
import { topology } from './stage.ts';

const KINDS = ['cpu', 'memory', 'disk', 'pool', 'event-loop', 'lock'] as const;
/** Both stand in the long form of the experiment and in the quick one. */
const BIG = '1 host of 4 lab CPUs';
const SMALL = '1 host of 1 lab CPU';

const ticketOffice = transfer({
  options: {
    overload: 'the CPU runs out on an ordinary day',
    crash: 'the host crashes',
    neither: 'neither: the host is big enough',
  },
  right: 'crash',
  because: 'Size helps against load. Against a crash only a second host helps: it can answer meanwhile.',
  means: ['A host with spare CPU can take more load.', 'A stand-in is another host that can answer the same requests.'],
  seenIn: { stage: 2, step: 'dies', says: 'step 5: how many requests failed' },
});

export const lab = defineLab(topology, readFileSync(join(import.meta.dirname, 'guide.md'), 'utf8'), [
  { id: 'look', action: { kind: 'look' }, check: { hosts: hostCount(), public: publicTier(topology) } },
  {
    id: 'limit',
    action: { kind: 'run', stage: 2, set: [] },
    predict: { tier: limitingTier(topology), load: limitLoad() },
    check: { named: limitingResource(KINDS), busy: busyShare(), next: nextToRunOut(topology), pool: causeOrSymptom('web', 'pool') },
  },
  {
    id: 'wrong',
    action: { kind: 'experiment', experiment: wrongTier },
    predict: { wrong: siteCapacityGuess('database doubled') },
    check: { right: siteCapacityRead('web server doubled') },
  },
  {
    id: 'bigger',
    action: { kind: 'experiment', experiment: verticalAgainstHorizontal },
    predict: { ratio: ratioGuess(BIG, SMALL) },
    check: { measured: ratioRead(BIG, SMALL), doubling: refusal() },
  },
  {
    id: 'dies',
    action: { kind: 'experiment', experiment: bigHostDies },
    predict: { failing: failingWhileDown() },
    check: { down: downTime(), transfer: ticketOffice },
  },
  {
    id: 'documents',
    action: { kind: 'experiment', experiment: relationalOrDocument },
    predict: { reading: costRatioGuess('read as a document') },
    check: { renaming: costRatioRead('renamed in a row') },
  },
  {
    id: 'fix',
    action: fixIt(topology, { measuredIn: 'limit', factor: 1.5, budget: { labCpus: 1, memoryMiB: 512 } }),
    check: { after: nextToRunOut(topology) },
  },
]);
