import { limitOf, type InjectionSpec } from '../injection.ts';

export const injections: readonly InjectionSpec[] = [
  {
    name: 'one-web',
    mechanism: 'Most users have a cookie that leads to the first of two web servers. That server is saturated; the tier is not.',
    profile: 'regulars',
    set: [],
    against: 'newcomers',
    disturbance: null,
    expected: { kind: 'limit', limit: { tier: 'web', resource: 'cpu', alone: true } },
  },
  {
    name: 'edge-cpu',
    mechanism: 'Each edge gets 10 % of its usual CPU. Files are slow although the site is idle.',
    profile: 'galleries',
    set: ['edge.cpu=0.1'],
    on: ['web.cpu=0.5'],
    disturbance: null,
    expected: limitOf('edge', 'cpu'),
  },
  {
    name: 'edge-down',
    mechanism: 'The edge in the west answers no client, so the site also sends the files of the west. The verdict must say so.',
    profile: 'galleries',
    set: ['edge.down=west'],
    on: ['web.cpu=0.5'],
    disturbance: null,
    expected: { kind: 'limit', limit: { tier: 'web', resource: 'cpu', without: 'west' } },
  },
  {
    name: 'edged-loop',
    mechanism: 'Every request blocks the event loop of a web server for 20 ms without using CPU, although the host has plenty.',
    profile: 'pages',
    set: ['web.block=20', 'web.cpu=2'],
    disturbance: null,
    expected: limitOf('web', 'event-loop'),
  },
  {
    name: 'edged-pool',
    mechanism:
      'Each web server has one connection to a distant database, and each write holds it for several round trips. Hosts are idle while requests wait for it.',
    profile: 'writes',
    set: ['web.pool=1', 'db.distance=20'],
    disturbance: null,
    expected: limitOf('web', 'pool'),
  },
];
