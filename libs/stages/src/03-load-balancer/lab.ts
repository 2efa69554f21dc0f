import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { declarations } from '@loadstair/components/declarations';
import {
  answeredMeanwhile,
  askedInOrder,
  busyShare,
  causeOrSymptom,
  defineLab,
  dialled,
  failedRequests,
  firstAnswerRead,
  furthestFromEvenRead,
  hostCount,
  limitAgainst,
  limitingResource,
  limitingTier,
  limitLoad,
  nextToRunOut,
  recoveryAgainst,
  recoveryGuess,
  shareOfServerGuess,
  transfer,
} from '@loadstair/labs';
import { applySettings } from '@loadstair/topology';
import { addWeb } from './experiments/add-web.ts';
import { aroundTheBalancer } from './experiments/around-the-balancer.ts';
import { balancerDies } from './experiments/balancer-dies.ts';
import { crashWeb } from './experiments/crash-web.ts';
import { killWeb } from './experiments/kill-web.ts';
import { fixIt } from '../fix-it.ts';
import { topology } from './stage.ts';

const KINDS = ['cpu', 'memory', 'disk', 'pool', 'slots', 'event-loop', 'lock'] as const;
const THREE_WEBS = ['web.count=3'];
const withThree = applySettings(topology, THREE_WEBS, declarations);

const bank = transfer({
  options: {
    web: 'one of the web servers dies',
    balancer: 'one of the balancers dies',
    database: 'the database dies',
    two: 'two of the web servers die',
  },
  right: 'database',
  because: 'Only the database has no stand-in, and every request needs it.',
  means: [
    'A single point of failure is a part that every request needs and that exists only once.',
    'A tier with two hosts survives the death of one host, if the other can do its work.',
  ],
  seenIn: { stage: 3, step: 'single', says: 'step 6: what happened without the only balancer' },
});

export const lab = defineLab(topology, readFileSync(join(import.meta.dirname, 'guide.md'), 'utf8'), [
  { id: 'look', action: { kind: 'look' }, check: { hosts: hostCount(), way: askedInOrder(topology) } },
  {
    id: 'limit',
    action: { kind: 'run', stage: 3, set: [] },
    predict: { tier: limitingTier(topology), load: limitLoad() },
    check: { named: limitingResource(KINDS), busy: busyShare(), next: nextToRunOut(topology), pool: causeOrSymptom('web', 'pool') },
  },
  {
    id: 'kill',
    action: { kind: 'experiment', experiment: killWeb },
    predict: { recovery: recoveryGuess('balancer') },
    check: { failed: failedRequests('balancer') },
  },
  {
    id: 'crash',
    action: { kind: 'experiment', experiment: crashWeb },
    predict: { recovery: recoveryAgainst('kill') },
    check: { failed: failedRequests('balancer') },
  },
  {
    id: 'around',
    action: { kind: 'experiment', experiment: aroundTheBalancer },
    predict: { straight: dialled('private') },
    check: { public: dialled('public') },
  },
  {
    id: 'single',
    action: { kind: 'experiment', experiment: balancerDies },
    predict: { answered: answeredMeanwhile() },
    check: { back: firstAnswerRead(), transfer: bank },
  },
  {
    id: 'third',
    action: { kind: 'run', stage: 3, set: THREE_WEBS },
    topology: withThree,
    predict: { tier: limitingTier(withThree), moves: limitAgainst('limit') },
    check: { named: limitingResource(KINDS), busy: busyShare() },
  },
  {
    id: 'fix',
    action: fixIt(topology, { measuredIn: 'limit', factor: 1.5, budget: { labCpus: 0.75, memoryMiB: 512 } }),
    check: { after: nextToRunOut(topology) },
  },
  {
    id: 'joins',
    action: { kind: 'experiment', experiment: addWeb },
    predict: { share: shareOfServerGuess('three', 'web-3') },
    check: { furthest: furthestFromEvenRead('three') },
  },
]);
