import { expect, it } from '@jest/globals';
import { failuresWithin } from '@loadstair/experiments';
import type { RanExperiment } from '../seen.ts';
import { judge, outcome, pick } from '../testing/judging.ts';
import { recordedExperiment } from '../testing/recorded.ts';
import { recoveryAgainst } from './recovery-against.ts';

const recorded = recordedExperiment('kill-web-quick');

/** An experiment in which everything was answered again after so long. */
function back(recoverMs: number | null): RanExperiment {
  const expectations = [failuresWithin({ action: 'crash', windowMs: 1_000, marginMs: 250 })];
  const result = {
    about: 'failed requests lie in the window',
    expected: '',
    measured: `back after ${recoverMs} ms`,
    holds: true,
    details: [],
    values: { recoverMs },
  };
  return { ...recorded, experiment: { ...recorded.experiment, expectations }, outcome: { ...recorded.outcome, results: [result] } };
}

it.each([
  [40, 1_500, 'shorter'],
  [1_500, 40, 'longer'],
  [400, 590, 'same'],
  [590, 400, 'same'],
  [400, 601, 'shorter'],
])('%d ms after %d ms is %s', (now, before, word) => {
  const question = recoveryAgainst('kill');
  for (const said of ['longer', 'same', 'shorter'])
    expect([said, outcome(question, pick(said), back(now), back(before))]).toEqual([said, said === word ? 'right' : 'differs']);
  expect(judge(question, pick(word), back(now), back(before))).toMatchObject({
    measured: expect.stringContaining(`${now} ms against ${before} ms`),
  });
});

it('is not shown where the time was not measured, or the other step was skipped', () => {
  for (const [now, before] of [
    [back(40), null],
    [back(null), back(40)],
    [back(40), back(null)],
  ] as const)
    expect(outcome(recoveryAgainst('kill'), pick('same'), now, before)).toBe('not-shown');
});
