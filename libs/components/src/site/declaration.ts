import { CONSISTENCIES } from '@loadstair/site-plan';
import { groupsQueriedBy, isReplica, PORTS } from '@loadstair/topology';
import type { Declaration } from '../declaration.ts';
import { METRICS_PORT, NODE, programScrape, TELEMETRY } from '../node-program/declaration.ts';
import { POOL, tooManyConnections } from './connections.ts';

export const siteDeclaration = {
  kind: 'site',
  title: 'The site',
  word: 'web',
  tool: NODE,
  ports: { served: PORTS.http, others: [METRICS_PORT] },
  scrape: programScrape('site'),
  // Measured on 30 November 2026 as the most that a host's group held, at 40 pages each from 4 at a time: 117 to 134, killed at 112;
  // beside postgres on one host 149, killed at 144.
  leastMemoryMiB: 168,
  settings: {
    pool: POOL,
    consistency: {
      live: true,
      words: CONSISTENCIES,
      default: 'none',
      has: (topology, tier) => groupsQueriedBy(topology, tier.name).some(({ followers }) => followers.length > 0),
      meaning: 'how the site makes sure that users read their own latest write',
    },
    telemetry: TELEMETRY,
    block: {
      fault: true,
      unit: 'ms',
      whole: true,
      low: 1,
      high: 500,
      meaning: 'fault: time for which every request blocks the event loop without using CPU',
    },
    churn: {
      fault: true,
      unit: 'KiB',
      whole: true,
      low: 1,
      high: 4096,
      meaning: 'fault: amount of small heap objects that every request replaces',
    },
  },
  tooMany: tooManyConnections,
  stores: false,
  keepsData: false,
  spreadsOver: ({ role, to }, topology) => role === 'cache' || (role === 'sql' && isReplica(topology, { name: to })),
  warmsUp: true,
  diskMiB: 0,
  openFiles: { least: 512, because: 'its clients, databases and caches' },
} as const satisfies Declaration;
