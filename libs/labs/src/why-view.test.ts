import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { BadRun } from '@loadstair/runs';
import { createDesk, type At, type LabDesk } from './desk.ts';
import { defineLab } from './lab.ts';
import { createProgressStore } from './progress-store.ts';
import { plainText, type Block } from './prose.ts';
import { busyShare } from './questions/busy-share.ts';
import { limitLoad } from './questions/limit.ts';
import { hostCount } from './questions/look.ts';
import { BUSY, runStore } from './testing/two-hosts.ts';
import { twoTiers } from './testing/recorded.ts';

const GUIDE = `# Two hosts
## Goal
Find it.
## Background
It has two.
## 1. Optional: Look
See.
### Check
- **hosts**: How many?
### Why
There are {hosts}.
## 2. Where does it stop?
Load rises.
### Predict
You counted {look.hosts} hosts.

Lab 1 stopped at {1.limit.load}.

- **load**: At which load?
### Check
- **busy**: How busy?
### Why
It was {busy} busy.

All else waits.
### Reflect
What next?
`;
const lab = defineLab(twoTiers, GUIDE, [
  { id: 'look', action: { kind: 'look' }, check: { hosts: hostCount() } },
  { id: 'limit', action: { kind: 'run', stage: 2, set: [] }, predict: { load: limitLoad() }, check: { busy: busyShare() } },
]);
const elsewhere = defineLab({ ...twoTiers, stage: 1, slug: 'one' }, GUIDE.replaceAll('{1.limit.load}', 'nothing'), [
  { id: 'look', action: { kind: 'look' }, check: { hosts: hostCount() } },
  { id: 'limit', action: { kind: 'run', stage: 1, set: [] }, predict: { load: limitLoad() }, check: { busy: busyShare() } },
]);

const at = (step: string, stage = 2): At => ({ learner: 'anna', stage, step, quick: true });
const words = (blocks: readonly Block[] | undefined): string[] =>
  (blocks ?? []).map((block) => (block.kind === 'text' ? plainText(block.inlines) : block.kind));
const says = (low: number, high: number) => ({ answers: { load: { kind: 'range', low, high } }, why: '', sure: null }) as const;

let folder: string;
let desk: LabDesk;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'loadstair-why-'));
  desk = createDesk({ labs: [elsewhere, lab], progress: createProgressStore(folder), runs: runStore });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A prediction, its run, and the check that follows. */
function taken(low: number, high: number): void {
  desk.lock(at('limit'), says(low, high));
  desk.ran(at('limit'), 'good');
  desk.check(at('limit'), 'busy', { kind: 'number', value: BUSY });
}

describe('why', () => {
  it('is shown when every check is closed, with the figures of this run', () => {
    desk.lock(at('limit'), says(40, 90));
    expect(desk.ran(at('limit'), 'good').why).toBeNull();
    const { why } = desk.check(at('limit'), 'busy', { kind: 'number', value: BUSY });
    expect(words(why?.blocks)).toEqual([expect.stringMatching(/^It was \d+ ± \d+ % busy\.$/), 'All else waits.']);
  });

  it.each([
    ['right', 40, 90, false],
    ['wrong', 500, 900, true],
  ])('comes first beside a prediction that was %s: %#', (_what, low, high, first) => {
    taken(low, high);
    expect(desk.view(at('limit')).why).toMatchObject({ first });
  });

  it('is there at the end of a step where nothing runs', () => {
    expect(desk.open(at('look')).why).toBeNull();
    const { why } = desk.check(at('look'), 'hosts', { kind: 'number', value: 3 });
    expect([words(why?.blocks), why?.first]).toEqual([['There are 3.'], true]);
  });
});

describe('an anchor', () => {
  it('has the figures of earlier steps and labs, and is left out where the learner has none', () => {
    expect(words(desk.view(at('limit')).predict?.anchor)).toEqual(['You counted 3 hosts.']);
    desk.lock(at('limit', 1), says(1, 2));
    desk.ran(at('limit', 1), 'good');
    expect(words(desk.view(at('limit')).predict?.anchor)).toEqual([
      'You counted 3 hosts.',
      expect.stringMatching(/^Lab 1 stopped at .+ at [\d.]+\/s/),
    ]);
  });

  it('is left out when the run it names is no longer stored', () => {
    desk.lock(at('limit', 1), says(1, 2));
    desk.ran(at('limit', 1), 'good');
    const pruned = createDesk({
      labs: [elsewhere, lab],
      progress: createProgressStore(folder),
      runs: {
        open: (id) => {
          throw new BadRun(`Unknown run ${id}.`, '', '', 'E_UNKNOWN_RUN');
        },
      },
    });
    expect(words(pruned.view(at('limit')).predict?.anchor)).toEqual(['You counted 3 hosts.']);
  });
});

describe('an optional step', () => {
  it('comes after all others, and adds nothing to the time that is left', () => {
    expect(desk.next('anna', 2)?.id).toBe('limit');
    expect(desk.view(at('look'))).toMatchObject({ optional: true, steps: [{ step: 'look', optional: true }, { optional: false }] });
    taken(40, 90);
    desk.reflect(at('limit'), 'a bigger host');
    expect(desk.next('anna', 2)?.id).toBe('look');
    expect(desk.summary('anna').find(({ stage }) => stage === 2)).toMatchObject({ next: null, optional: 1, done: 1, steps: 2 });
  });
});
