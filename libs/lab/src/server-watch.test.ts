import { expect, it } from '@jest/globals';
import type { SoftSample } from '@loadstair/measure';
import { watchServers } from './server-watch.ts';

const reading = (atMs: number, inService: boolean): SoftSample[] => [
  {
    host: 'lb-1',
    component: 'haproxy',
    kind: 'slots',
    atMs,
    inUse: 0,
    waiting: 0,
    waitSeconds: 0,
    busySeconds: 0,
    acquisitions: 0,
    servers: {
      'web-1': { inService, takenOut: 0, check: inService ? 'answered' : 'no-answer' },
      'web-2': { inService: true, takenOut: 0, check: 'answered' },
    },
  },
];

it('tells when a server goes out of service and comes back, once each', () => {
  const changed = watchServers();
  expect(changed(reading(1, true), [])).toEqual([]);
  expect(changed(reading(2, false), [])).toEqual([
    { atMs: 2, host: 'web-1', stands: null, kind: 'out-of-service', detail: 'at lb-1: health check timed out' },
  ]);
  expect(changed(reading(3, false), [])).toEqual([]);
  expect(changed(reading(4, true), [])).toMatchObject([{ host: 'web-1', kind: 'in-service', detail: 'again at lb-1' }]);
});

it('says nothing of one that is out when it is seen first: it has just joined', () => {
  const changed = watchServers();
  expect(changed(reading(1, false), [])).toEqual([]);
  expect(changed(reading(2, true), [])).toMatchObject([{ kind: 'in-service' }]);
});
