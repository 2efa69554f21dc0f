import { nearMiss } from '@loadstair/topology';
import { VerifyProblem } from '../problem.ts';
import type { Expected, Injection, Limit } from './injection.ts';

const limit = (tier: string, resource: Limit['resource']): Expected => ({ kind: 'limit', limit: { tier, resource } });

/**
 * Every cause that is injected for real (docs/measuring.md). Magnitudes leave some 35 arrivals/s at the limit: fewer would
 * give a short step too few requests to judge, more would not move the load far enough from the control.
 */
export const injections: readonly Injection[] = [
  {
    name: 'server-cpu',
    mechanism: 'The one host of the single server gets six tenths of its CPU.',
    stage: 1,
    profile: null,
    set: ['server.cpu=0.6'],
    disturbance: null,
    expected: limit('server', 'cpu'),
  },
  {
    name: 'db-cpu',
    mechanism: 'The database gets a third of its CPU and the web server twice its own: it waits, and is not the cause.',
    stage: 2,
    profile: null,
    set: ['db.cpu=0.35', 'web.cpu=2'],
    disturbance: null,
    expected: limit('db', 'cpu'),
  },
  {
    name: 'loop',
    mechanism: 'Every request stops the event loop for 15 ms and uses no CPU meanwhile, of which there is plenty.',
    stage: 2,
    profile: null,
    set: ['web.block=15', 'web.cpu=2'],
    disturbance: null,
    expected: limit('web', 'event-loop'),
  },
  {
    name: 'heap',
    mechanism: 'Every request puts 384 KiB of small objects into a store that fills the heap: collecting what they replace takes the CPU.',
    stage: 2,
    profile: null,
    set: ['web.churn=384'],
    on: ['web.cpu=4', 'web.memory=512'],
    disturbance: null,
    expected: limit('web', 'memory'),
  },
  {
    name: 'web-and-db',
    mechanism: 'Web server and database are sized to run out at the same load.',
    stage: 2,
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
    mechanism: 'Every like and comment holds one row for 15 ms that all others need: writes go one after the other.',
    stage: 2,
    profile: 'writes',
    set: ['db.lock=15'],
    disturbance: null,
    expected: limit('db', 'lock'),
  },
  {
    name: 'disk',
    mechanism: 'The database may write 256 KiB a second to its disk: commits wait for their log to be written.',
    stage: 2,
    profile: 'writes',
    set: ['db.disk=256'],
    disturbance: null,
    expected: limit('db', 'disk'),
  },
  {
    name: 'web-cpu',
    mechanism: 'Each web server gets half of its CPU.',
    stage: 3,
    profile: null,
    set: ['web.cpu=0.5'],
    disturbance: null,
    expected: limit('web', 'cpu'),
  },
  {
    name: 'lb-cpu',
    mechanism: 'The balancer gets a tenth of its CPU.',
    stage: 3,
    profile: null,
    set: ['lb.cpu=0.1'],
    disturbance: null,
    expected: limit('lb', 'cpu'),
  },
  {
    name: 'pool',
    mechanism: 'A web server has one database connection, and holds it across a distance: hosts idle while requests wait for it.',
    stage: 3,
    profile: null,
    set: ['web.pool=1', 'db.distance=20'],
    disturbance: null,
    expected: limit('web', 'pool'),
  },
  {
    name: 'slots',
    mechanism: 'The balancer sends a web server one request at a time, across a distance: hosts idle while requests queue.',
    stage: 3,
    profile: null,
    set: ['lb.maxconn=1', 'web.distance=40'],
    disturbance: null,
    expected: limit('lb', 'slots'),
  },
  {
    name: 'replica-cpu',
    mechanism: 'Each replica gets three tenths of its CPU.',
    stage: 4,
    profile: null,
    set: ['db-replica.cpu=0.3'],
    disturbance: null,
    expected: limit('db-replica', 'cpu'),
  },
  {
    name: 'replay-delay',
    mechanism: 'Replicas replay two seconds late and idle meanwhile, while each web server gets half of its CPU: old, and not the cause.',
    stage: 4,
    profile: 'writes',
    set: ['db-replica.delay=2000', 'web.cpu=0.5'],
    disturbance: null,
    expected: limit('web', 'cpu'),
  },
  {
    name: 'cache-memory',
    mechanism: 'Cache servers keep a fraction of what is asked for: replicas with half of their CPU are full of reading it again.',
    stage: 5,
    profile: 'favourites',
    set: ['cache.maxmemory=0.15', 'cache.overprovision=0', 'web.cpu=2', 'db-replica.cpu=0.5'],
    disturbance: null,
    expected: limit('cache', 'hit-ratio'),
  },
  {
    name: 'cache-ttl',
    mechanism: 'Entries live one second, so databases are full of reading them again; each web server has twice its CPU.',
    stage: 5,
    profile: 'favourites',
    set: ['cache.ttl=1', 'web.cpu=2', 'db-replica.cpu=0.5'],
    disturbance: null,
    expected: limit('cache', 'hit-ratio'),
  },
  {
    name: 'one-web',
    mechanism: 'Most users come with a cookie that leads to the first of three web servers: one is full, and is not the tier.',
    stage: 6,
    profile: 'regulars',
    set: [],
    against: 'newcomers',
    disturbance: null,
    expected: { kind: 'limit', limit: { tier: 'web', resource: 'cpu', alone: true } },
  },
  {
    name: 'edge-cpu',
    mechanism: 'Each edge gets a tenth of its CPU, while the site idles: files are slow, and the site is not the cause.',
    stage: 6,
    profile: 'galleries',
    set: ['edge.cpu=0.1'],
    on: ['web.cpu=0.5'],
    disturbance: null,
    expected: limit('edge', 'cpu'),
  },
  {
    name: 'edge-down',
    mechanism: 'The edge of the west answers nobody: the site sends its files as well, and the verdict must say so of what runs out.',
    stage: 6,
    profile: 'galleries',
    set: ['edge.down=west'],
    on: ['web.cpu=0.5'],
    disturbance: null,
    expected: { kind: 'limit', limit: { tier: 'web', resource: 'cpu', without: 'west' } },
  },
  {
    name: 'nothing',
    mechanism: 'Five arrivals a second: nothing runs out, and nothing may be named.',
    stage: 3,
    profile: 'smoke',
    set: [],
    disturbance: null,
    expected: { kind: 'none' },
  },
  {
    name: 'starved-k6',
    mechanism: 'The load generator gets 5 % of a core and cannot keep its schedule.',
    stage: 1,
    profile: null,
    set: [],
    disturbance: 'starved-generator',
    expected: { kind: 'refused', code: 'GEN_SCHED' },
  },
  {
    name: 'busy-machine',
    mechanism: 'Programs outside the lab keep every core busy.',
    stage: 1,
    profile: 'smoke',
    set: [],
    disturbance: 'busy-machine',
    expected: { kind: 'refused', code: 'PHYS_CPU' },
  },
];

/** Injections by name, in the order of the catalogue; all when no name is given. @throws VerifyProblem, exit status 2 */
export function injectionsByName(names: readonly string[]): readonly Injection[] {
  const known = injections.map((one) => one.name);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    const near = nearMiss(unknown, known);
    throw new VerifyProblem({
      what: `Unknown injection ${unknown}.`,
      why: `injections are ${known.join(', ')}`,
      do: near === null ? './lab verify --injected --list' : `./lab verify --injected ${near}`,
      code: 'E_UNKNOWN_INJECTION',
      exit: 2,
    });
  }
  return names.length === 0 ? injections : injections.filter((one) => names.includes(one.name));
}
