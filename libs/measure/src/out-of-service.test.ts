import { expect, it } from '@jest/globals';
import { outOfServiceIn } from './out-of-service.ts';
import type { Samples, SoftSample } from './samples.ts';

const WINDOW = { startMs: 2_000, endMs: 8_000 };

/** A reading a second of a balancer with one server: `+` in service, `-` not, and how often it was taken out so far. */
function readings(states: string, takenOut: readonly number[]): Samples {
  const soft = [...states].map((state, index): SoftSample => ({
    host: 'lb-1',
    component: 'haproxy',
    kind: 'slots',
    atMs: index * 1_000,
    inUse: 0,
    waiting: 0,
    waitSeconds: 0,
    busySeconds: 0,
    acquisitions: 0,
    servers: { 'web-1': { inService: state === '+', takenOut: takenOut[index] ?? 0, check: state === '+' ? 'answered' : 'no-answer' } },
  }));
  return { readings: [], soft, probes: [] };
}

it('tells when a server was out, and how often it was taken out', () => {
  expect(outOfServiceIn(readings('+++--++-+', [0, 0, 0, 1, 1, 1, 1, 2, 2]), WINDOW)).toEqual({
    outOfService: [
      {
        server: 'web-1',
        by: 'lb-1',
        times: 2,
        check: 'no-answer',
        spans: [
          [2_500, 4_500],
          [6_500, 7_500],
        ],
      },
    ],
  });
});

it('counts what is too short to be seen, and clips what crosses an edge', () => {
  expect(outOfServiceIn(readings('+++++++++', [0, 0, 0, 0, 2, 2, 2, 2, 2]), WINDOW).outOfService).toMatchObject([{ times: 2, spans: [] }]);
  expect(outOfServiceIn(readings('---++++++', [1, 1, 1, 1, 1, 1, 1, 1, 1]), WINDOW).outOfService).toMatchObject([
    { times: 0, spans: [[2_000, 2_500]] },
  ]);
});

it('says nothing of servers that were in service, and of what happened at other times', () => {
  expect(outOfServiceIn(readings('+++++++++', []), WINDOW)).toEqual({});
  expect(outOfServiceIn(readings('-+++++++-', [1, 1, 1, 1, 1, 1, 1, 1, 1]), { startMs: 2_000, endMs: 6_000 })).toEqual({});
});
