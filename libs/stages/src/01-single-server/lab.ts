import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  busyShare,
  cpuShareGuess,
  cpuShareRead,
  defineLab,
  highestHeld,
  hostCount,
  limitingResource,
  limitLoad,
  programsOn,
} from '@loadstair/labs';
import { cpuSplit } from './experiments/cpu-split.ts';
import { topology } from './stage.ts';

const KINDS = ['cpu', 'memory', 'disk', 'pool', 'event-loop', 'lock'] as const;

export const lab = defineLab(topology, readFileSync(join(import.meta.dirname, 'guide.md'), 'utf8'), [
  { id: 'look', action: { kind: 'look' }, check: { hosts: hostCount(), programs: programsOn('server') } },
  {
    id: 'split',
    action: { kind: 'experiment', experiment: cpuSplit },
    predict: { database: cpuShareGuess('database') },
    check: { web: cpuShareRead('web') },
  },
  {
    id: 'limit',
    action: { kind: 'run', stage: 1, set: [] },
    predict: { resource: limitingResource(KINDS), load: limitLoad() },
    check: { named: limitingResource(KINDS), held: highestHeld(), busy: busyShare() },
  },
]);
