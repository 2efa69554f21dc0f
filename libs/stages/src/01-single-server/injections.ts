import { limitOf, type InjectionSpec } from '../injection.ts';

export const injections: readonly InjectionSpec[] = [
  {
    name: 'server-cpu',
    mechanism: 'The one host of the single server gets six tenths of its CPU.',
    profile: null,
    set: ['server.cpu=0.6'],
    disturbance: null,
    expected: limitOf('server', 'cpu'),
  },
  {
    name: 'starved-k6',
    mechanism: 'The load generator gets 5 % of a core and cannot keep its schedule.',
    profile: null,
    set: [],
    disturbance: 'starved-generator',
    expected: { kind: 'refused', code: 'GEN_SCHED' },
  },
  {
    name: 'few-files',
    mechanism: 'The load generator can open two files more than it has, sockets among them: what it cannot send is no failure of the site.',
    profile: null,
    set: [],
    disturbance: 'few-files',
    expected: { kind: 'refused', code: 'GEN_SOCKETS' },
  },
  {
    name: 'busy-machine',
    mechanism: 'Programs outside the lab keep every core busy.',
    profile: 'smoke',
    set: [],
    disturbance: 'busy-machine',
    expected: { kind: 'refused', code: 'PHYS_CPU' },
  },
];
