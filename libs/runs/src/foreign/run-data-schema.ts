import { STEP_KINDS } from '@loadstair/analysis';
import { resourceKinds, type ResourceKind } from '@loadstair/resources';
import { z } from 'zod';

/** Names, ids and phrases. */
export const PHRASE = z.string().max(2000);
const NAME = z.string().max(200);
const NAMES = z.array(NAME).max(1000);
/** JSON has no infinity: it was written as null, and readers take it as it comes. */
export const MEASURED = z.number().nullable() as z.ZodType<number>;
const COUNT = z.number().min(0);

export const INTERVAL = z.tuple([MEASURED, MEASURED]);
export const KIND = z
  .string()
  .refine((kind) => resourceKinds().includes(kind), { error: 'not a kind of resource that this lab knows' }) as z.ZodType<ResourceKind>;
export const SLO = z.object({
  quantile: z.number().min(0).max(1),
  latencyMs: z.number().positive(),
  errorShare: z.number().min(0).max(1),
  finishedWithinMs: z.number().positive().optional(),
});

const HISTOGRAM = z.object({
  scheme: z.literal('log-1.02-from-0.1ms'),
  counts: z.array(z.tuple([z.int().min(0).max(5000), COUNT])).max(5001),
  count: COUNT,
});

const CLASS = z.object({ name: NAME, requests: COUNT, failed: COUNT, plannedShare: z.number(), latency: HISTOGRAM });
const REGION = z.object({
  region: NAME,
  requests: COUNT,
  failed: COUNT,
  latency: HISTOGRAM,
  files: z.object({ hit: COUNT, miss: COUNT, origin: COUNT, fallback: COUNT }),
  fileLatency: HISTOGRAM,
});

/** Failed requests of one kind (run-data.ts). */
export const FAILED_REQUESTS = z.object({
  kind: z.enum(['status', 'wrong-answer', 'no-server', 'refused', 'cut', 'timed-out', 'no-address', 'no-answer', 'out-of-time']),
  status: MEASURED,
  host: NAME.nullable(),
  requests: COUNT,
  examples: z
    .array(z.object({ trace: z.string().regex(/^[0-9a-f]{32}$/), request: NAME.nullable(), atMs: z.number() }))
    .max(100)
    .optional(),
});

const LOAD = z.object({
  planned: COUNT,
  started: COUNT,
  dropped: COUNT,
  completed: COUNT,
  requests: COUNT,
  failed: COUNT,
  failures: z.array(FAILED_REQUESTS).max(1000).optional(),
  sent: COUNT.optional(),
  notSent: COUNT.optional(),
  stale: COUNT.optional(),
  latency: HISTOGRAM,
  byClass: z.array(CLASS).max(500),
  byRegion: z.array(REGION).max(100).optional(),
  lateness: z.object({ p50Ms: MEASURED, p99Ms: MEASURED, p99AtLeastMs: MEASURED.optional() }),
  inFlight: z.object({ start: z.number(), end: z.number(), mean: MEASURED }),
  blockS: z.number().positive(),
  blocks: z.array(z.object({ completed: COUNT, inFlight: MEASURED, p50Ms: MEASURED })).max(100_000),
  meanArrivalMs: MEASURED,
});

const USE = z
  .object({
    resource: NAME,
    // Runs from before December 2026 have none.
    kind: KIND.optional(),
    busy: MEASURED,
    blocks: z.array(MEASURED).max(100_000),
    byComponent: z.record(NAME, z.number()).optional(),
    strangers: NAMES.optional(),
    // What a kind adds are numbers.
  })
  .catchall(MEASURED);

/** Of a balancer's health check. */
export const CHECK_OUTCOME = z.enum(['answered', 'no-answer', 'refused', 'failed']);

const STEP = z.object({
  index: z.int(),
  kind: z.enum(STEP_KINDS),
  offered: z.number(),
  startMs: z.number(),
  endMs: z.number(),
  load: LOAD,
  machine: z.object({ idle: MEASURED, steal: MEASURED, outside: MEASURED, generatorCores: MEASURED, probeMs: MEASURED }),
  use: z.array(USE).max(1000),
  edges: z
    .array(z.object({ host: NAME, region: NAME, hits: COUNT, misses: COUNT, bytesOut: COUNT }))
    .max(100)
    .optional(),
  originBytes: MEASURED.optional(),
  databases: z
    .array(z.object({ host: NAME, reads: COUNT, writes: COUNT }))
    .max(100)
    .optional(),
  came: COUNT.optional(),
  outOfService: z
    .array(
      z.object({
        server: NAME,
        by: NAME,
        times: COUNT,
        check: CHECK_OUTCOME.nullable(),
        spans: z.array(z.tuple([z.number(), z.number()])).max(10_000),
      }),
    )
    .max(1000)
    .optional(),
  presence: z.record(NAME, z.number().min(0).max(1)).optional(),
  coverage: z.object({ prometheus: z.number(), sampler: z.number() }),
});

const SENT = { bytesPerS: z.number(), perMonth: z.number() };

/** What readers rely on in the data of a run (libs/analysis/src/run-data.ts). */
export const RUN_DATA = z.object({
  schema: z.literal(1),
  run: NAME,
  stage: z.object({ number: z.int(), slug: NAME }),
  profile: z.object({ name: NAME, slo: SLO, arrivals: z.literal('poisson') }),
  budgeted: z.boolean(),
  ended: z.enum(['finished', 'interrupted']),
  machine: z.object({ cores: z.number(), maxLabCores: z.number() }),
  tiers: z.array(z.object({ name: NAME, hosts: NAMES })).max(100),
  links: z.array(z.object({ from: NAME, to: NAME })).max(1000),
  words: z.record(NAME, NAME).optional(),
  resources: z
    .array(
      z.object({
        id: NAME,
        tier: NAME,
        host: NAME,
        kind: KIND,
        component: NAME.nullable(),
        limit: MEASURED,
        waitsOn: NAME.nullable(),
      }),
    )
    .max(2000),
  steps: z.array(STEP).max(1000),
  incidents: z.array(z.object({ atMs: z.number(), kind: NAME, subject: PHRASE, planned: z.literal(true).optional() })).max(10_000),
  audit: z
    .array(z.object({ queue: NAME, accepted: COUNT, finished: COUNT, twice: COUNT, unfinished: COUNT, lost: COUNT }))
    .max(1000)
    .optional(),
  traffic: z
    .object({
      load: z.number(),
      priced: NAME,
      currency: NAME,
      edges: z.array(z.object({ host: NAME, region: NAME, hitRatio: MEASURED, ...SENT })).max(100),
      site: z.object(SENT),
    })
    .optional(),
  observer: z.object({ labdCores: MEASURED, prometheusCores: MEASURED, samplerCores: MEASURED }),
});
