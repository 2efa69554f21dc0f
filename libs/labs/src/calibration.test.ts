import { describe, expect, it } from '@jest/globals';
import { calibrationLines, calibrationOf } from './calibration.ts';
import type { StepLog } from './lablog.ts';

type Outcome = NonNullable<StepLog['prediction']>['answers'][number]['outcome'];

function step(sure: string | null, ...outcomes: Outcome[]): Pick<StepLog, 'prediction'> {
  const answers = outcomes.map((outcome) => ({ about: 'First to run out', said: 'db-1', tier: null, outcome }));
  return { prediction: { holds: true, why: '', sure, answers } };
}

describe('how often a learner was right, by how sure', () => {
  it('counts answers that claim something and were judged', () => {
    const steps = [
      step('very', 'right', 'differs'),
      step('very', 'differs', null, 'unsure', 'not-shown'),
      step('guess', 'right'),
      { prediction: null },
    ];
    expect(calibrationOf(steps)).toEqual([
      { level: 'guess', right: 1, of: 1 },
      { level: 'fairly', right: 0, of: 0 },
      { level: 'very', right: 1, of: 3 },
    ]);
  });

  it('leaves out who did not say, and says shares in words', () => {
    expect(calibrationLines(calibrationOf([step(null, 'right'), step('very', 'right', 'differs', 'differs')]))).toEqual([
      'very sure: right 1 of 3 times (33 %)',
    ]);
  });
});
