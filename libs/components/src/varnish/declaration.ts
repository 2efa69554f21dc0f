import type { Files } from '@loadstair/site-plan';
import { placesOfTier, PORTS, settingsOf, type Tier } from '@loadstair/topology';
import type { Declaration } from '../declaration.ts';
import { varnishLog } from './log.ts';

/** How often a file must be requested before an edge keeps it: what is asked for once only takes no room from `second` on. */
export const KEEPS = ['first', 'second'] as const;

const TTL = {
  live: true,
  unit: 's',
  whole: true,
  low: 1,
  // A day: longer is as good as for ever in a lab.
  high: 86_400,
  meaning: 'time to live (TTL) of a file at the edges',
} as const;

const LIKES = {
  live: true,
  unit: null,
  whole: true,
  low: 0,
  high: 1000,
  meaning: 'lowest number of likes at which a photo is served by the edges',
} as const;

export const varnishDeclaration = {
  kind: 'varnish',
  title: 'Varnish',
  tool: {
    name: 'varnish',
    programs: ['varnishd'],
    versionArgs: ['-V'],
    minimum: [6, 2],
    folders: ['/usr/sbin'],
    wantsFolder: false,
    source: {
      how: 'apt',
      pack: 'varnish',
      fedora: 'varnish',
      arch: 'varnish',
      sizeText: '70 MB with the compiler it needs',
    },
  },
  ports: { served: PORTS.http, others: [] },
  // Its exporter is a program of its own; the lab reads its counters from shared memory instead.
  scrape: () => null,
  log: varnishLog,
  // 44 with its C compiler, which runs in the group; its own, the least of files and what only passes by are 80.
  leastMemoryMiB: 80,
  settings: {
    ttl: TTL,
    likes: LIKES,
    keep: { words: KEEPS, meaning: 'at which request for a file an edge stores it' },
    down: { words: placesOfTier, silences: true, meaning: 'fault: place where edges answer no client' },
  },
  serves: { files: { use: filesThrough } },
  stores: false,
  keepsData: false,
  spreadsOver: () => false,
  warmsUp: false,
  diskMiB: 0,
  openFiles: { least: 1024, because: 'two for each client of 200 threads, and its own' },
} as const satisfies Declaration;

/** How files are fetched through the edges of a tier. */
function filesThrough({ settings }: Pick<Tier, 'settings'>): Omit<Files, 'base'> {
  const { ttl, likes = 0 } = settingsOf({ settings }, { kind: 'varnish', settings: { ttl: TTL, likes: LIKES } });
  return { leastLikes: likes, ttlS: ttl ?? null };
}
