import { z } from 'zod';
import { INTERVAL, KIND, PHRASE } from './run-data-schema.ts';

const MAYBE = z.number().nullable();
const NAMES = z.array(PHRASE).max(1000);

export const CHECK = z.object({
  code: PHRASE,
  outcome: z.enum(['pass', 'warn', 'refuse']),
  measured: PHRASE,
  allowed: PHRASE,
  value: MAYBE,
  limit: MAYBE,
  advice: PHRASE,
  steps: z.array(z.number()).max(1000),
});
const CHECKS = z.array(CHECK).max(200);

const RESOURCE = z.object({ tier: PHRASE, hosts: NAMES, resource: KIND, saturation: MAYBE, saturationInterval: INTERVAL });
const RUNNER_UP = RESOURCE.extend({ headroom: MAYBE });
const ONSET = z.object({
  lastPass: MAYBE,
  firstFail: z.number(),
  step: z.number(),
  reason: z.enum(['slo-latency', 'slo-errors', 'goodput', 'backlog']),
});
const EVIDENCE = z
  .array(
    z.object({
      for: z.boolean(),
      text: PHRASE,
      resource: PHRASE.nullable(),
      step: MAYBE,
      value: MAYBE,
      limit: MAYBE,
      baseline: MAYBE,
      unit: PHRASE,
      query: PHRASE.nullable(),
    }),
  )
  .max(1000);
const RULED_OUT = z.array(z.object({ tier: PHRASE, resource: KIND, reason: PHRASE })).max(1000);

/** What was full without being what limits. */
const BACKGROUND = z
  .array(
    z.object({
      tier: PHRASE,
      host: PHRASE,
      resource: KIND,
      busy: MAYBE,
      since: z.object({ step: z.number(), offered: z.number() }),
      users: z.array(z.object({ component: PHRASE.nullable(), share: MAYBE })).max(100),
      strangers: NAMES.optional(),
    }),
  )
  .max(1000)
  .optional();

/** What readers rely on in a verdict (libs/analysis/src/verdict.ts). */
export const VERDICT = z.discriminatedUnion('kind', [
  RESOURCE.extend({
    kind: z.literal('named'),
    with: z.array(RESOURCE).max(100),
    load: z.number(),
    interval: INTERVAL,
    confidence: z.number(),
    runnerUp: RUNNER_UP.nullable(),
    evidence: EVIDENCE,
    ruledOut: RULED_OUT,
    onset: ONSET,
    shares: z.record(PHRASE, z.number()).nullable(),
    background: BACKGROUND,
  }),
  z.object({
    kind: z.literal('none-in-range'),
    highest: z.number(),
    closest: RUNNER_UP.extend({ busy: MAYBE }).nullable(),
    beyond: z.object({ codes: NAMES, checks: CHECKS }).optional(),
    evidence: EVIDENCE,
    background: BACKGROUND,
  }),
  z.object({
    kind: z.literal('unexplained'),
    load: z.number(),
    interval: INTERVAL,
    onset: ONSET,
    ruledOut: RULED_OUT,
    bestLeft: RESOURCE.extend({ confidence: z.number() }).nullable(),
    evidence: EVIDENCE,
    background: BACKGROUND,
  }),
  z.object({ kind: z.literal('refused'), codes: NAMES, checks: CHECKS }),
]);

/** What a capacity search found. */
export const SEARCH = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('found'),
    capacity: z.object({
      load: z.number(),
      interval: INTERVAL,
      failing: PHRASE,
      trials: z
        .array(
          z.object({
            step: z.number(),
            offered: z.number(),
            speed: MAYBE,
            load: z.number(),
            holds: z.boolean(),
            over: MAYBE,
            requests: z.number(),
            problems: NAMES,
          }),
        )
        .max(1000),
      usual: z.object({ ms: z.number(), runs: z.number() }).nullable(),
    }),
  }),
  z.object({ kind: z.literal('none'), reason: PHRASE }),
]);

const JUDGED = z.object({
  resource: z.object({ tier: PHRASE, hosts: NAMES, resource: KIND }),
  factor: z.number(),
  run: PHRASE,
  load: MAYBE,
  interval: INTERVAL,
  highest: z.number(),
  predicted: MAYBE,
  moved: MAYBE,
});

/** What short runs proved of a verdict. */
export const CONFIRMATION = z.object({
  kind: z.enum(['confirmed', 'inferred', 'contradicted']),
  before: z.number(),
  beforeInterval: INTERVAL.optional(),
  named: JUDGED,
  runnerUp: JUDGED.nullable(),
});

/** What an experiment came to. */
export const OUTCOME = z.object({
  schema: z.literal(1),
  experiment: PHRASE,
  stage: z.int(),
  title: PHRASE,
  quick: z.boolean(),
  kind: z.enum(['held', 'not-held', 'refused']),
  results: z
    .array(
      z.object({
        about: PHRASE,
        expected: PHRASE,
        measured: PHRASE,
        holds: z.boolean().nullable(),
        details: NAMES,
        values: z.record(PHRASE, MAYBE),
      }),
    )
    .max(500),
  checks: CHECKS,
  table: z.object({ head: NAMES, rows: z.array(NAMES).max(1000) }).nullable(),
});
