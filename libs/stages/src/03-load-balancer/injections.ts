import { limitOf, type InjectionSpec } from '../injection.ts';

export const injections: readonly InjectionSpec[] = [
  {
    name: 'web-cpu',
    mechanism: 'Each web server gets three tenths of its CPU.',
    profile: null,
    set: ['web.cpu=0.3'],
    disturbance: null,
    expected: limitOf('web', 'cpu'),
  },
  {
    name: 'lb-cpu',
    mechanism: 'The balancer gets a tenth of its CPU.',
    profile: null,
    set: ['lb.cpu=0.1'],
    disturbance: null,
    expected: limitOf('lb', 'cpu'),
  },
  {
    name: 'pool',
    mechanism: 'A web server has one database connection, and holds it across a distance: hosts idle while requests wait for it.',
    profile: null,
    set: ['web.pool=1', 'db.distance=20'],
    disturbance: null,
    expected: limitOf('web', 'pool'),
  },
  {
    name: 'slots',
    mechanism: 'The balancer sends a web server one request at a time, across a distance: hosts idle while requests queue.',
    profile: null,
    set: ['lb.maxconn=1', 'web.distance=40'],
    disturbance: null,
    expected: limitOf('lb', 'slots'),
  },
  {
    name: 'flapping',
    mechanism:
      'Every request stops the event loop for 40 ms: full servers answer no health check in time, and the balancer takes them out in turn.',
    profile: 'spike',
    set: ['web.block=40', 'web.cpu=2', 'web.pool=100'],
    disturbance: null,
    expected: { kind: 'limit', limit: { tier: 'web', resource: 'event-loop', takenOut: true } },
  },
  {
    name: 'foreign-load',
    mechanism: 'Somebody else sends the site 30 requests a second: what its hosts do is not the load’s alone.',
    profile: null,
    set: [],
    disturbance: 'foreign-load',
    expected: { kind: 'refused', code: 'FOREIGN_LOAD' },
  },
  {
    name: 'nothing',
    mechanism: 'Five arrivals a second: nothing runs out, and nothing may be named.',
    profile: 'smoke',
    set: [],
    disturbance: null,
    expected: { kind: 'none' },
  },
];
