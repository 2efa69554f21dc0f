import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { declarations } from '@loadstair/components/declarations';
import {
  askedInOrder,
  busyShare,
  causeOrSymptom,
  defineLab,
  dialled,
  failedRequests,
  hostCount,
  limitAgainst,
  limitingResource,
  limitingTier,
  limitLoad,
  nextToRunOut,
  recoveryAgainst,
  recoveryGuess,
} from '@loadstair/labs';
import { applySettings } from '@loadstair/topology';
import { aroundTheBalancer } from './experiments/around-the-balancer.ts';
import { crashWeb } from './experiments/crash-web.ts';
import { killWeb } from './experiments/kill-web.ts';
import { topology } from './stage.ts';

const KINDS = ['cpu', 'memory', 'disk', 'pool', 'slots', 'event-loop', 'lock'] as const;
const THREE_WEBS = ['web.count=3'];
const withThree = applySettings(topology, THREE_WEBS, declarations);

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
    id: 'third',
    action: { kind: 'run', stage: 3, set: THREE_WEBS },
    topology: withThree,
    predict: { tier: limitingTier(withThree), moves: limitAgainst('limit') },
    check: { named: limitingResource(KINDS), busy: busyShare() },
  },
]);
