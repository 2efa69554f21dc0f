import { describe, expect, it } from '@jest/globals';
import { answersAgain } from './expectations/answers-again.ts';
import { capacityRatio } from './expectations/capacity-ratio.ts';
import { noFailures } from './expectations/no-failures.ts';
import { refuses } from './expectations/refuses.ts';
import { expectationsOf, phasesOf } from './experiment.ts';
import { judge } from './judge.ts';
import { check, experiment, observed, phase, requests } from './testing/observed.ts';

describe('judge', () => {
  const none = noFailures({ phases: ['a'] });

  it.each([
    { about: 'all hold', failing: [0, 0], checks: [check('PHYS_CPU', 'warn')], kind: 'held' },
    { about: 'one does not', failing: [3_000, 3_100], checks: [], kind: 'not-held' },
    { about: 'the machine was busy', failing: [0, 0], checks: [check('PHYS_CPU', 'refuse')], kind: 'refused' },
    {
      about: 'the machine was busy and one does not hold',
      failing: [3_000, 3_100],
      checks: [check('PHYS_CPU', 'refuse')],
      kind: 'refused',
    },
  ] as const)('$about: $kind', ({ failing, checks, kind }) => {
    const outcome = judge(experiment([phase('a')], none), false, observed({ requests: requests(...failing) }), checks);
    expect(outcome).toMatchObject({ kind, checks: checks.filter((one) => one.outcome === 'refuse') });
  });

  it('says so when there was nothing to judge by', () => {
    expect(judge(experiment([phase('a')], none), false, observed({ phases: [] }), [])).toMatchObject({
      kind: 'refused',
      results: [{ holds: null }],
    });
  });

  it('leaves out of the quick form what its phases cannot answer', () => {
    const tried = experiment(
      [phase('a'), phase('long', null)],
      answersAgain({ phase: 'a' }),
      answersAgain({ phase: 'long' }),
      capacityRatio({ tier: 'web', phase: 'a', to: 'long', least: 1, most: 2 }),
      refuses({ action: 'resize' }),
    );
    expect(phasesOf(tried, true).map(({ name, seconds }) => [name, seconds])).toEqual([['a', 5]]);
    expect(expectationsOf(tried, true).map(({ kind }) => kind)).toEqual(['answers-again', 'refuses']);
    expect(expectationsOf(tried, false)).toHaveLength(4);
  });
});
