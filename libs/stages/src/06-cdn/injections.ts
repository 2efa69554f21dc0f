import { limitOf, type InjectionSpec } from '../injection.ts';

export const injections: readonly InjectionSpec[] = [
  {
    name: 'one-web',
    mechanism: 'Most users come with a cookie that leads to the first of two web servers: it is full, and is not the tier.',
    profile: 'regulars',
    set: [],
    against: 'newcomers',
    disturbance: null,
    expected: { kind: 'limit', limit: { tier: 'web', resource: 'cpu', alone: true } },
  },
  {
    name: 'edge-cpu',
    mechanism: 'Each edge gets a tenth of its CPU, while the site idles: files are slow, and the site is not the cause.',
    profile: 'galleries',
    set: ['edge.cpu=0.1'],
    on: ['web.cpu=0.5'],
    disturbance: null,
    expected: limitOf('edge', 'cpu'),
  },
  {
    name: 'edge-down',
    mechanism: 'The edge of the west answers nobody: the site sends its files as well, and the verdict must say so of what runs out.',
    profile: 'galleries',
    set: ['edge.down=west'],
    on: ['web.cpu=0.5'],
    disturbance: null,
    expected: { kind: 'limit', limit: { tier: 'web', resource: 'cpu', without: 'west' } },
  },
  {
    name: 'edged-loop',
    mechanism: 'Every request stops the event loop of a web server for 20 ms and uses no CPU meanwhile, of which there is plenty.',
    profile: 'pages',
    set: ['web.block=20', 'web.cpu=2'],
    disturbance: null,
    expected: limitOf('web', 'event-loop'),
  },
  {
    name: 'edged-pool',
    mechanism:
      'A web server has one database connection, and each write holds it across a distance: hosts idle while requests wait for it.',
    profile: 'writes',
    set: ['web.pool=1', 'db.distance=20'],
    disturbance: null,
    expected: limitOf('web', 'pool'),
  },
];
