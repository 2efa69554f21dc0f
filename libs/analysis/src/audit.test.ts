import { expect, it } from '@jest/globals';
import { auditLines, auditWork } from './audit.ts';

it('accounts for every job: finished once or more, still to be done, or lost', () => {
  const audit = auditWork('worker-1/worker/backlog', {
    accepted: ['a', 'b', 'c', 'd', 'e'],
    finished: ['a', 'b', 'b', 'b'],
    // What is finished and still queued would be done once more, and is not unfinished.
    unfinished: ['c', 'a'],
  });
  expect(audit).toEqual({ queue: 'worker-1/worker/backlog', accepted: 5, finished: 2, twice: 1, unfinished: 1, lost: 2 });
  expect(auditLines({ audit: [audit] })).toEqual([
    'worker-1/worker/backlog: 5 jobs accepted, 2 finished, 1 of them twice, 1 unfinished, 2 lost',
  ]);
  expect(auditLines({})).toEqual([]);
});
