import { describe, expect, it } from '@jest/globals';
import { diagnose } from '@loadstair/analysis';
import { carriedIn, costOf, judgeFix, withinBudget, type Fix, type RanLoad } from '@loadstair/labs';
import { labs, stageByNumber } from '@loadstair/stages';
import type { Topology } from '@loadstair/topology';
import { simulate } from '../run/simulate.ts';

/** Solutions by stage: each reaches the goal within the budget, another way. What falls short is what a learner tries first. */
const LABS: readonly { readonly stage: number; readonly solutions: readonly string[][]; readonly short: readonly string[] }[] = [
  {
    stage: 2,
    solutions: [
      ['web.cpu=1.7', 'db.cpu=1'],
      ['web.count=2', 'web.cpu=0.85', 'db.cpu=1'],
    ],
    short: ['db.cpu=1.75'],
  },
  { stage: 3, solutions: [['db.cpu=1.4'], ['db.cpu=1.5', 'lb.cpu=0.9']], short: ['web.count=3', 'web.cpu=0.9'] },
  { stage: 4, solutions: [['db-replica.cpu=0.75'], ['db-replica.count=3']], short: ['db.cpu=1.25'] },
  {
    stage: 5,
    solutions: [
      ['web.cpu=1.3', 'lb.cpu=1.3'],
      ['web.count=3', 'web.cpu=0.87', 'lb.cpu=1.3'],
    ],
    short: ['lb.cpu=2'],
  },
  { stage: 6, solutions: [['web.cpu=1.5'], ['web.cpu=1.45', 'edge.cpu=0.9']], short: ['edge.cpu=1.5'] },
];

/** A simulated run of a stage's own profile. */
function ran(stage: number, topology: Topology, predicted: number): RanLoad {
  const { profile } = stageByNumber(stage);
  const data = simulate({ name: 'fix', topology, profile, model: {}, disturbance: {}, seed: 7, quick: false, loads: { predicted } });
  const verdict = diagnose(data);
  if (verdict.kind === 'refused') throw new Error(`stage ${stage}: ${verdict.codes.join(', ')}`);
  return { kind: 'run', id: 'sim0', data, verdict };
}

function fixOf(stage: number): Fix {
  const action = labs.find((lab) => lab.stage === stage)?.steps.find((step) => step.action.kind === 'fix')?.action;
  if (action?.kind !== 'fix') throw new Error(`Lab ${stage} mends no site.`);
  return action.fix;
}

it('takes every lab that mends a site', () => {
  const mends = labs.filter((lab) => lab.steps.some((step) => step.action.kind === 'fix'));
  expect(mends.map((lab) => lab.stage)).toEqual(LABS.map(({ stage }) => stage));
});

describe.each(LABS)('the site of lab $stage', ({ stage, solutions, short }) => {
  const fix = fixOf(stage);
  const unchanged = ran(stage, fix.topology, 60);
  const base = carriedIn(unchanged).load;

  it.each(solutions.map((set) => [set.join(' '), set] as const))('is mended by %s', (_, set) => {
    const changed = withinBudget(fix, set);
    const judged = judgeFix(fix, unchanged, ran(stage, changed, fix.factor * base), changed);
    expect(judged).toMatchObject({ outcome: 'right' });
  });

  it(`is not mended by ${short.join(' ')}`, () => {
    const changed = withinBudget(fix, short);
    expect(costOf(changed).labCpus).toBeGreaterThan(costOf(fix.topology).labCpus);
    const judged = judgeFix(fix, unchanged, ran(stage, changed, fix.factor * base), changed);
    expect(judged.outcome).toBe('differs');
  });
});
