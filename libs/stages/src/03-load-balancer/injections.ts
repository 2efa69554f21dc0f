import { limitOf, type InjectionSpec } from '../injection.ts';

export const injections: readonly InjectionSpec[] = [
  {
    name: 'web-cpu',
    mechanism: 'Each web server gets 30 % of its CPU.',
    profile: null,
    set: ['web.cpu=0.3'],
    disturbance: null,
    expected: limitOf('web', 'cpu'),
  },
  {
    name: 'lb-cpu',
    mechanism: 'The balancer gets 10 % of its CPU.',
    profile: null,
    set: ['lb.cpu=0.1'],
    disturbance: null,
    expected: limitOf('lb', 'cpu'),
  },
  {
    name: 'pool',
    mechanism: 'A web server has one database connection, and the database is far away. Hosts idle while requests wait for the connection.',
    profile: null,
    set: ['web.pool=1', 'db.distance=20'],
    disturbance: null,
    expected: limitOf('web', 'pool'),
  },
  {
    name: 'slots',
    mechanism: 'The web servers are far away, and the balancer sends each of them one request at a time. Hosts idle while requests queue.',
    profile: null,
    set: ['lb.maxconn=1', 'web.distance=40'],
    disturbance: null,
    expected: limitOf('lb', 'slots'),
  },
  {
    name: 'flapping',
    mechanism:
      'Every request blocks the event loop for 40 ms. Saturated servers answer no health check in time, and the balancer takes them out of service in turn.',
    profile: 'spike',
    set: ['web.block=40', 'web.cpu=2', 'web.pool=100'],
    disturbance: null,
    expected: { kind: 'limit', limit: { tier: 'web', resource: 'event-loop', takenOut: true } },
  },
  {
    name: 'foreign-load',
    mechanism: 'Another client sends the site 30 requests a second, so the work of its hosts is not caused by the load alone.',
    profile: null,
    set: [],
    disturbance: 'foreign-load',
    expected: { kind: 'refused', code: 'FOREIGN_LOAD' },
  },
  {
    name: 'nothing',
    mechanism: 'Five arrivals a second: nothing runs out, so the verdict must name nothing.',
    profile: 'smoke',
    set: [],
    disturbance: null,
    expected: { kind: 'none' },
  },
];
