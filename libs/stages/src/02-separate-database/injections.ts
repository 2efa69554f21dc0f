import { limitOf, type InjectionSpec } from '../injection.ts';

export const injections: readonly InjectionSpec[] = [
  {
    name: 'db-cpu',
    mechanism: 'The database gets half of its CPU and the web server twice its own. The web server waits, but is not the cause.',
    profile: null,
    set: ['db.cpu=0.35', 'web.cpu=2'],
    disturbance: null,
    expected: limitOf('db', 'cpu'),
  },
  {
    name: 'loop',
    mechanism: 'Every request blocks the event loop for 15 ms without using CPU. The host has CPU to spare.',
    profile: null,
    set: ['web.block=15', 'web.cpu=2'],
    disturbance: null,
    expected: limitOf('web', 'event-loop'),
  },
  {
    name: 'heap',
    mechanism: 'Every request replaces 384 KiB of small objects in a store that fills the heap, and garbage collection takes the CPU.',
    profile: null,
    set: ['web.churn=384'],
    on: ['web.cpu=4', 'web.memory=512'],
    disturbance: null,
    expected: limitOf('web', 'memory'),
  },
  {
    name: 'web-and-db',
    mechanism: 'Web server and database are sized to run out at the same load.',
    profile: null,
    set: ['web.cpu=1.6', 'db.cpu=0.95'],
    disturbance: null,
    expected: {
      kind: 'both',
      limits: [
        { tier: 'web', resource: 'cpu' },
        { tier: 'db', resource: 'cpu' },
      ],
    },
  },
  {
    name: 'lock',
    mechanism: 'Every like and comment locks for 15 ms one row that all other writes need, so writes run one after another.',
    profile: 'writes',
    set: ['db.lock=15'],
    disturbance: null,
    expected: limitOf('db', 'lock'),
  },
  {
    name: 'disk',
    mechanism: 'The database may write 256 KiB a second to its disk: commits wait for their log to be written.',
    profile: 'writes',
    set: ['db.disk=256'],
    disturbance: null,
    expected: limitOf('db', 'disk'),
  },
  {
    name: 'connections',
    mechanism:
      'The database accepts 8 connections and is far away, so each is held long. It refuses more, and requests fail while hosts idle.',
    profile: null,
    set: ['db.connections=8'],
    on: ['web.cpu=2', 'db.cpu=2', 'db.distance=20'],
    disturbance: null,
    expected: limitOf('db', 'connections'),
  },
];
