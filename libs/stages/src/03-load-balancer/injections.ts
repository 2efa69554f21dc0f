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
    name: 'nothing',
    mechanism: 'Five arrivals a second: nothing runs out, and nothing may be named.',
    profile: 'smoke',
    set: [],
    disturbance: null,
    expected: { kind: 'none' },
  },
];
