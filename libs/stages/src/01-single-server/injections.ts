import { limitOf, type InjectionSpec } from '../injection.ts';

export const injections: readonly InjectionSpec[] = [
  {
    name: 'server-cpu',
    mechanism: 'The only host gets half of its CPU.',
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
    mechanism: 'The load generator may open only two more files, sockets included. Requests it cannot send are not failures of the site.',
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
  {
    name: 'server-loop',
    mechanism: 'Every request blocks the event loop for 20 ms without using CPU. The host has CPU to spare.',
    profile: null,
    set: ['server.block=20', 'server.cpu=3'],
    disturbance: null,
    expected: limitOf('server', 'event-loop'),
  },
  {
    name: 'server-lock',
    mechanism: 'Every like and comment locks for 20 ms one row that all other writes need, so writes run one after another.',
    profile: 'writes',
    set: ['server.lock=20', 'server.cpu=3'],
    disturbance: null,
    expected: limitOf('server', 'lock'),
  },
];
