import { BadRun, type OpenedRun, type RunStore } from '@loadstair/runs';
import type { PredictionGiven } from '../advance.ts';
import { defineLab, type Lab } from '../lab.ts';
import { busyShare } from '../questions/busy-share.ts';
import { limitingTier, limitLoad } from '../questions/limit.ts';
import { hostCount } from '../questions/look.ts';
import { asOpened, recordedData, twoTiers } from './recorded.ts';

export const GUIDE = `# Two hosts
## Goal
Find it.
## Background
It has two.
## 1. Look
See.
### Check
- **hosts**: How many?
## 2. Where does it stop?
Load rises.
### Predict
- **tier**: Which first?
- **load**: At which load?
### Check
- **busy**: How busy?
### Reflect
What next?
`;
/** A look and a run. */
export const lab: Lab = defineLab(twoTiers, GUIDE, [
  { id: 'look', action: { kind: 'look' }, check: { hosts: hostCount() } },
  {
    id: 'limit',
    action: { kind: 'run', stage: 2, set: [] },
    predict: { tier: limitingTier(twoTiers), load: limitLoad() },
    check: { busy: busyShare() },
  },
]);

/** Runs that were really measured, one of them refused. */
export const RUNS: Readonly<Record<string, OpenedRun>> = {
  good: asOpened('good', { data: recordedData('stage-2-quick-web-cpu'), outcome: null }),
  bad: asOpened('bad', { data: recordedData('refused-short-lock'), outcome: null }),
};
/** The tier is wrong, the load is right. */
export const predicted: PredictionGiven = {
  answers: { tier: { kind: 'choice', value: 'db' }, load: { kind: 'range', low: 40, high: 90 } },
  why: 'all of it ends there',
  sure: 'fairly',
};
/** What the recorded run shows for `busy`, per cent. */
export const BUSY = 100;

export const runStore: Pick<RunStore, 'open'> = {
  open(id) {
    const run = RUNS[id];
    if (run === undefined) throw new BadRun(`Unknown run ${id}.`, '', '', 'E_UNKNOWN_RUN');
    return run;
  },
};
