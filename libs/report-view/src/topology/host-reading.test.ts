import { expect, it } from '@jest/globals';
import { hostReading, hostsByTier } from './host-reading.ts';

const now = {
  achievedPerS: 20,
  use: [
    { host: 'web-1', kind: 'cpu', busy: 0.38, limit: 0.05 },
    { host: 'web-1', kind: 'pool', busy: 0.35, limit: 20 },
    { host: 'web-1', kind: 'memory', busy: 0.2, limit: 256 },
    { host: 'db-1', kind: 'cpu', busy: 0.97, limit: 0.1 },
  ],
} as const;

it('a cell says the CPU and the most used other limit', () => {
  expect(hostReading('web-1', { now, hosts: new Map() })).toEqual({
    cpu: 0.38,
    cpuWords: '38 %',
    other: 'pool 7 of 20',
    otherBusy: 0.35,
    state: 'up',
  });
});

it('what was not read is not zero', () => {
  expect(hostReading('web-2', { now, hosts: new Map() })).toMatchObject({ cpu: null, cpuWords: '', other: '' });
});

it('hosts that came later stand last, and stopped ones are gone', () => {
  const hosts = new Map([
    ['web-1', { kind: 'stopped', sinceMs: 1 }],
    ['web-3', { kind: 'up', sinceMs: 2 }],
  ]);
  expect(hostsByTier([{ name: 'web', count: 2 }], { hosts }).get('web')).toEqual(['web-2', 'web-3']);
});
