import { expect, it } from '@jest/globals';
import type { Observed } from '@loadstair/experiments';
import { sameAnswers } from './same-answers.ts';

it.each([
  [{ equal: 20, of: 20 }, true],
  [{ equal: 19, of: 20 }, false],
  [null, null],
])('compares %j', (counts, holds) => {
  const action = { do: 'compare-answers', paths: ['/a/{id}', '/b/{id}'], users: 20 };
  const observed: Observed = {
    slo: { quantile: 0.95, latencyMs: 250, errorShare: 0.01 },
    phases: [],
    actions: counts === null ? [] : [{ action, phase: 'first', beganMs: 0, endedMs: 1, result: { kind: 'done', ...counts } }],
    requests: [],
  };
  expect(sameAnswers({}).judge(observed).holds).toBe(holds);
});
