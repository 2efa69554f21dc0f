import type { Unchanged } from '@loadstair/kit';
import type { ComparisonRecord } from '@loadstair/runs';
import { z } from 'zod';
import { owned } from './domain.ts';

const INTERVAL = z.tuple([z.number(), z.number()]);

const LIMIT = z.object({ tier: z.string(), resource: z.string() });

const ARM_RUN = z.object({
  run: z.string(),
  capacity: z.number(),
  interval: INTERVAL.describe('95 %, of this run alone'),
  limitedBy: z.string().nullable(),
  limit: LIMIT.nullable(),
  nextAt: z.number().nullable(),
});

const LATENCY_POINT = z.object({ at: z.number(), ms: z.number(), requests: z.number(), range: INTERVAL.nullable() });

const ARM = z.object({
  label: z.string(),
  stage: z.int(),
  slug: z.string(),
  set: z.array(z.string()),
  topologyHash: z.string(),
  runs: z.array(ARM_RUN),
  left: z.array(z.object({ run: z.string(), reason: z.string() })),
  estimate: z.object({ n: z.number(), load: z.number(), interval: INTERVAL.nullable() }).nullable(),
  limitedBy: z.string(),
  limit: LIMIT.nullable(),
  nextAt: z.number().nullable(),
  p95At70: z.object({ ms: z.number(), requests: z.number() }).nullable(),
  latency: z.object({ load: z.array(LATENCY_POINT), share: z.array(LATENCY_POINT) }),
  labCpus: z.number(),
  pricePerMonth: z.number(),
});

const AGAINST = z.object({
  word: z.enum(['better', 'worse', 'equivalent', 'inconclusive']),
  ratio: z.number(),
  interval: INTERVAL.nullable(),
  confidence: z.number().describe('Of the interval, 0–1; above 0.95 where several looks share the error'),
  n: z.tuple([z.number(), z.number()]),
  moreRuns: z.number().nullable(),
});

const TRANSITION = AGAINST.extend({
  latency: z
    .object({
      load: z.number(),
      medianMs: INTERVAL,
      quantileMs: INTERVAL,
      distance: z.number(),
      p: z.number(),
      leastP: z.number(),
      word: z.enum(['differs', 'no-difference-seen', 'too-few-runs']),
    })
    .nullable()
    .describe('Latencies at one load, by Kolmogorov and Smirnov'),
  stillLimits: z.object({ resource: z.string(), profile: z.string().nullable() }).nullable().describe('What limits both, left as it was'),
});

export const COMPARISON = owned<ComparisonRecord>(
  'Comparison',
  'Runs side by side',
  z.object({
    schema: z.literal(1),
    id: z.string(),
    madeAt: z.string(),
    profile: z.string(),
    slo: z.object({
      quantile: z.number(),
      latencyMs: z.number(),
      errorShare: z.number(),
      finishedWithinMs: z.number().optional(),
    }),
    arms: z.array(ARM),
    againstFirst: z.array(AGAINST).describe('Each variant against the first, in the order of the variants'),
    againstPrevious: z.array(TRANSITION).describe('Each arm against the one before it'),
    prices: z.object({ date: z.string(), currency: z.string() }),
    sameTwice: z.object({ wrong: z.number(), splits: z.number() }).nullable(),
  }),
);

export const COMPARED = z
  .discriminatedUnion('kind', [
    z.object({
      kind: z.literal('compared'),
      record: COMPARISON,
      changes: z.array(z.array(z.string())).describe('What is different in each topology from the one before it'),
    }),
    z.object({ kind: z.literal('incomparable'), differences: z.array(z.string()) }),
    z.object({ kind: z.literal('missing'), stages: z.array(z.int()), profile: z.string() }).describe('Stages that have no usable run yet'),
  ])
  .meta({ id: 'Compared', description: 'Stored runs or stages side by side' });
export type CompareAnswer = Unchanged<z.output<typeof COMPARED>>;
