import { PORTS, settingsOf, type Tier } from '@loadstair/topology';
import type { Declaration } from '../declaration.ts';
import { haproxyLog } from './log.ts';

export const METRICS_PORT = 8405;
/** Connections it has at most, as its configuration says. */
export const MAX_BALANCED = 4000;

/** How long the balancer waits for a server that says nothing, ms. */
export const BALANCER_LIMITS = {
  /** For a connection; then another server is tried. */
  connectMs: 500,
  /** Between two looks at a server, for the answer to one, and how many bad ones put it out of service. */
  check: { everyMs: 500, answerMs: 1_000, bad: 2 },
} as const;

const { check } = BALANCER_LIMITS;
/** A server that refuses connections is out of service by then: each look fails at once. */
export const CRASH_NOTICED_MS = check.bad * check.everyMs;
/** One that says nothing: each look takes its whole time. Then whoever still waits for it is told (`shutdown-sessions`). */
export const SILENCE_NOTICED_MS = check.bad * (check.everyMs + check.answerMs);

/**
 * What a user's requests are sent to the same web server by: a cookie, from the sign-in on; the address the user's connections come
 * from; or nothing.
 */
export const STICKIES = ['cookie', 'source', 'none'] as const;
export type Sticky = (typeof STICKIES)[number];

export const haproxyDeclaration = {
  kind: 'haproxy',
  title: 'HAProxy',
  tool: {
    name: 'haproxy',
    programs: ['haproxy'],
    versionArgs: ['-v'],
    minimum: [2, 4],
    folders: ['/usr/sbin'],
    wantsFolder: false,
    source: { how: 'apt', pack: 'haproxy', fedora: 'haproxy', arch: 'haproxy', sizeText: '4 MB' },
  },
  ports: { served: PORTS.http, others: [METRICS_PORT] },
  scrape: () => ({ port: METRICS_PORT, path: '/metrics' }),
  log: haproxyLog,
  leastMemoryMiB: 64,
  settings: {
    maxconn: {
      unit: null,
      whole: true,
      low: 1,
      high: 10_000,
      default: 500,
      relieves: 'slots',
      meaning: 'highest number of requests in flight from a balancer to one web server',
    },
    sticky: { words: STICKIES, default: 'cookie', meaning: 'how the balancer keeps a user’s requests at one web server' },
  },
  stores: false,
  keepsData: false,
  spreadsOver: ({ role }) => role === 'http',
  warmsUp: false,
  diskMiB: 0,
  // It refuses to start with fewer: two a connection and those it listens, checks and logs with.
  openFiles: { least: 2 * MAX_BALANCED + 150, because: `two for each of ${MAX_BALANCED} connections, and its own` },
} as const satisfies Declaration;

/** Requests in flight to one server behind the balancers of a tier. */
export function maxconnOf(tier: Pick<Tier, 'settings'>): number {
  return settingsOf(tier, haproxyDeclaration).maxconn ?? haproxyDeclaration.settings.maxconn.default;
}
