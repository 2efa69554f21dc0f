import { expect, it } from '@jest/globals';
import { longestWait } from '@loadstair/experiments';
import type { RanExperiment } from '../seen.ts';
import { judge, outcome, pick } from '../testing/judging.ts';
import { recordedExperiment } from '../testing/recorded.ts';
import { waitAgainst } from './wait-against.ts';

const recorded = recordedExperiment('kill-web-quick');

/** An experiment in which the slowest request took so long. */
function waited(waitMs: number | null): RanExperiment {
  const expectations = [longestWait({ action: 'crash', windowMs: 1_000, least: 0, most: 9_000 })];
  const result = {
    about: 'somebody waits',
    expected: '',
    measured: `the slowest took ${waitMs} ms`,
    holds: true,
    details: [],
    values: { waitMs },
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
  const question = waitAgainst('kill');
  for (const said of ['longer', 'same', 'shorter'])
    expect([said, outcome(question, pick(said), waited(now), waited(before))]).toEqual([said, said === word ? 'right' : 'differs']);
  expect(judge(question, pick(word), waited(now), waited(before))).toMatchObject({
    measured: expect.stringContaining(`${now} ms against ${before} ms`),
  });
});

it('is not shown where nobody waited, or the other step was skipped', () => {
  for (const [now, before] of [
    [waited(40), null],
    [waited(null), waited(40)],
    [waited(40), waited(null)],
  ] as const)
    expect(outcome(waitAgainst('kill'), pick('same'), now, before)).toBe('not-shown');
});
