import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { OpenedRun } from '@loadstair/runs';
import type { Topology } from '@loadstair/topology';
import { createDesk, type At, type LabDesk } from '../desk.ts';
import { defineLab } from '../lab.ts';
import { createProgressStore } from '../progress-store.ts';
import { limitLoad, nextToRunOut } from '../questions/limit.ts';
import { asOpened, recordedData, recordedLoad, twoTiers } from '../testing/recorded.ts';
import { budgetText, withinBudget, type Fix } from './fix.ts';
import { goalOf, judgeFix } from './judge-fix.ts';

const GUIDE = `# Two hosts
## Goal
Find it.
## Background
It has two.
## 1. Where does it stop?
Load rises.
### Predict
- **load**: At which load?
### Check
- **next**: What next?
## 2. Fix it
Change it.
### Check
- **after**: What next?
### Reflect
What else?
`;

/** Sizes alone, as `web.cpu=2`. */
function sized(set: readonly string[]): Topology {
  return set.reduce((topology, text) => {
    const [, name, key, value] = /^(\w+)\.(\w+)=(\d+(?:\.\d+)?)$/.exec(text) ?? [];
    const tiers = topology.tiers.map((tier) =>
      tier.name === name ? { ...tier, ...(key === 'cpu' ? { cpu: Number(value) } : { count: Number(value) }) } : tier,
    );
    return { ...topology, tiers };
  }, twoTiers);
}

const fix: Fix = {
  topology: twoTiers,
  measuredIn: 'limit',
  factor: 1.5,
  budget: { labCpus: 1, memoryMiB: 256 },
  changed: sized,
  price: (topology) => `${topology.tiers.length}.00 EUR a month`,
};

const base = recordedLoad('stage-2-quick-web-cpu');
if (base.verdict.kind !== 'named') throw new Error('The recorded run names no limit.');
const LOAD = base.verdict.load;

/** The recorded run as if its site had carried so many times the load. */
function carrying(id: string, times: number, set: readonly string[]): OpenedRun {
  const opened = asOpened(id, { data: recordedData('stage-2-quick-web-cpu'), outcome: null });
  const { verdict, manifest } = opened;
  if (verdict.kind !== 'named') throw new Error('The recorded run names no limit.');
  const { load, interval } = verdict;
  return {
    ...opened,
    manifest: { ...manifest, set, topology: sized(set) },
    verdict: { ...verdict, load: load * times, interval: [interval[0] * times, interval[1] * times] },
  };
}

describe('a budget', () => {
  it('allows what costs as much, wherever it goes, and not a tenth of a CPU more', () => {
    expect(withinBudget(fix, ['web.cpu=1.5']).tiers[0]?.cpu).toBe(1.5);
    expect(withinBudget(fix, ['web.count=3', 'db.cpu=1']).tiers[0]?.count).toBe(3);
    expect(() => withinBudget(fix, ['web.cpu=1.6'])).toThrow('the site would have 4.2 lab CPUs, and may have 4');
    expect(() => withinBudget(fix, ['web.count=4', 'web.cpu=0.5'])).toThrow('the site would have 1536 MiB, and may have 1280');
  });

  it('counts what is taken away elsewhere', () => {
    expect(() => withinBudget(fix, ['web.cpu=1.75', 'db.cpu=0.6'])).toThrow('4.1 lab CPUs');
    expect(withinBudget(fix, ['web.cpu=1.75', 'db.cpu=0.5']).tiers[0]?.cpu).toBe(1.75);
  });

  it('is told with what the site costs now', () => {
    expect(budgetText(fix)).toBe(
      'Budget: 1 lab CPU and 256 MiB more than the 3 lab CPUs and 1024 MiB that the site has. The site costs 2.00 EUR a month now.',
    );
  });
});

describe('a goal', () => {
  it('is a multiple of what the unchanged site carried', () => {
    expect(goalOf(fix, base)).toBeCloseTo(1.5 * LOAD);
    expect(goalOf(fix, null)).toBeNull();
  });

  it('is reached by a run that carries it, and not by one just below', () => {
    const judged = (times: number) => {
      const { verdict } = carrying('x', times, []);
      if (verdict.kind !== 'named') throw new Error('It names a limit.');
      return judgeFix(fix, base, { ...base, verdict }, twoTiers);
    };
    expect(judged(1.51)).toMatchObject({ outcome: 'right', text: expect.stringContaining('Reached: goal') });
    expect(judged(1.49)).toMatchObject({ outcome: 'differs', text: expect.stringMatching(/^Not reached: goal .+ CPU limits it now\.$/) });
  });

  it('is not shown by a run in which nothing ran out below it', () => {
    const ran = { ...base, verdict: { kind: 'none-in-range' as const, highest: LOAD, closest: null } };
    expect(judgeFix(fix, base, ran as typeof base, twoTiers).outcome).toBe('not-shown');
  });
});

describe('a step that mends a site', () => {
  const lab = defineLab(twoTiers, GUIDE, [
    {
      id: 'limit',
      action: { kind: 'run', stage: 2, set: [] },
      predict: { load: limitLoad() },
      check: { next: nextToRunOut(twoTiers) },
    },
    { id: 'fix', action: { kind: 'fix', stage: 2, fix }, check: { after: nextToRunOut(twoTiers) } },
  ]);
  const RUNS: Readonly<Record<string, OpenedRun>> = {
    same: carrying('same', 1, []),
    little: carrying('little', 1.2, ['web.cpu=1.2']),
    bigger: carrying('bigger', 1.6, ['web.cpu=1.5']),
    more: carrying('more', 1.55, ['web.count=3']),
  };
  const at: At = { learner: 'anna', stage: 2, step: 'fix', quick: true };
  let folder: string;
  let desk: LabDesk;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'loadstair-fix-'));
    desk = createDesk({ labs: [lab], progress: createProgressStore(folder), runs: { open: (id) => RUNS[id] as OpenedRun } });
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('runs the unchanged site first where nobody has measured it', () => {
    expect(desk.view(at).fix).toMatchObject({ first: true, goal: expect.stringContaining('not known yet') });
    expect(() => desk.toRun(at, ['web.cpu=1.5'])).toThrow('The goal is not known yet.');
    expect(desk.toRun(at, [])).toEqual({ kind: 'run', stage: 2, set: [] });
    expect(desk.ran(at, 'same')).toMatchObject({ moment: 'run', fix: { first: false, tried: [{ run: 'same', set: [] }] } });
    expect(() => desk.toRun(at, [])).toThrow('Nothing was changed.');
  });

  it('takes the goal from the step that measured it', () => {
    desk.lock({ ...at, step: 'limit' }, { answers: { load: { kind: 'range', low: 1, high: 2 } }, why: '', sure: null });
    desk.ran({ ...at, step: 'limit' }, 'same');
    expect(desk.view(at).fix).toMatchObject({ first: false, tried: [] });
  });

  it.each(['bigger', 'more'])('is mended by any change that reaches the goal: %s', (solution) => {
    desk.ran(at, 'same');
    expect(() => desk.toRun(at, ['web.cpu=4'])).toThrow('This change costs more than the budget allows.');
    const missed = desk.ran(at, 'little');
    expect(missed).toMatchObject({
      moment: 'run',
      checks: null,
      happened: { kind: 'judged', graded: [{ key: 'goal', outcome: 'differs' }] },
    });
    const reached = desk.ran(at, solution);
    expect(reached).toMatchObject({ moment: 'check', happened: { graded: [{ key: 'goal', outcome: 'right' }] } });
    expect(reached.fix?.tried.map(({ run }) => run)).toEqual(['same', 'little', solution]);
  });
});
