import { limitOf, type InjectionSpec } from '../injection.ts';

export const injections: readonly InjectionSpec[] = [
  {
    name: 'cache-memory',
    mechanism:
      'Cache servers have memory for a fraction of the entries. Replicas with 40 % of their usual CPU are saturated by reading the rest again.',
    profile: 'favourites',
    set: ['cache.maxmemory=0.15', 'cache.overprovision=0', 'web.cpu=2', 'db-replica.cpu=0.2'],
    disturbance: null,
    expected: limitOf('cache', 'hit-ratio'),
  },
  {
    name: 'cache-ttl',
    mechanism: 'Entries live one second, so the databases are saturated by reading them again. Each web server has twice its usual CPU.',
    profile: 'favourites',
    set: ['cache.ttl=1', 'web.cpu=2', 'db-replica.cpu=0.2'],
    disturbance: null,
    expected: limitOf('cache', 'hit-ratio'),
  },
  {
    name: 'cached-loop',
    mechanism: 'Every request blocks the event loop of a web server for 20 ms without using CPU, although the host has plenty.',
    profile: 'pages',
    set: ['web.block=20', 'web.cpu=2'],
    disturbance: null,
    expected: limitOf('web', 'event-loop'),
  },
];
