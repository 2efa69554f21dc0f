import { REFUSAL_CODES, type Confirmation, type SearchOutcome, type Verdict } from '@loadstair/analysis';
import type { ExperimentOutcome } from '@loadstair/experiments';
import { z } from 'zod';
import { CHECK_OUTCOME, INTERVAL, KIND, MEASURED, PHRASE } from './run-data-schema.ts';

const NAMES = z.array(PHRASE).max(1000);

const CODE = z.enum(REFUSAL_CODES);
const CODES = z.array(CODE).max(1000);

export const CHECK = z.object({
  code: CODE,
  outcome: z.enum(['pass', 'warn', 'refuse']),
  measured: PHRASE,
  allowed: PHRASE,
  value: MEASURED,
  limit: MEASURED,
  advice: PHRASE,
  steps: z.array(z.number()).max(1000),
});
const CHECKS = z.array(CHECK).max(200);

const RESOURCE = z.object({ tier: PHRASE, hosts: NAMES, resource: KIND, saturation: MEASURED, saturationInterval: INTERVAL });
const RUNNER_UP = RESOURCE.extend({ headroom: MEASURED });
const REASON = z.enum(['slo-latency', 'slo-errors', 'goodput', 'backlog']);
const ONSET = z.object({
  lastPass: MEASURED,
  firstFail: z.number(),
  step: z.number(),
  reason: REASON,
});
const EVIDENCE = z
  .array(
    z.object({
      for: z.boolean(),
      text: PHRASE,
      resource: PHRASE.nullable(),
      step: MEASURED,
      value: MEASURED,
      limit: MEASURED,
      baseline: MEASURED,
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
      busy: MEASURED,
      since: z.object({ step: z.number(), offered: z.number() }),
      users: z.array(z.object({ component: PHRASE.nullable(), share: MEASURED })).max(100),
      strangers: NAMES.optional(),
    }),
  )
  .max(1000)
  .optional();

/** Where one host's CPU was full and those of its peers idled. */
const IMBALANCE = z
  .object({
    host: PHRASE,
    share: MEASURED,
    evenShare: MEASURED,
    peers: z.array(z.object({ host: PHRASE, busy: MEASURED })).max(1000),
  })
  .optional();

/** Regions whose files the site sent, because no edge did. */
const WITHOUT_EDGE = z
  .array(z.object({ region: PHRASE, files: z.number(), share: MEASURED, silent: NAMES }))
  .max(100)
  .optional();

/** Servers that balancers took out of service. */
const TAKEN_OUT = z
  .array(z.object({ server: PHRASE, by: PHRASE, times: z.number(), share: MEASURED, check: CHECK_OUTCOME.nullable() }))
  .max(1000)
  .optional();

/** What readers rely on in a verdict (libs/analysis/src/verdict.ts). */
export const VERDICT: z.ZodType<Verdict> = z.discriminatedUnion('kind', [
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
    imbalance: IMBALANCE,
    withoutEdge: WITHOUT_EDGE,
    takenOut: TAKEN_OUT,
    background: BACKGROUND,
  }),
  z.object({
    kind: z.literal('none-in-range'),
    highest: z.number(),
    closest: RUNNER_UP.extend({ busy: MEASURED }).nullable(),
    beyond: z.object({ codes: CODES, checks: CHECKS }).optional(),
    evidence: EVIDENCE,
    withoutEdge: WITHOUT_EDGE,
    takenOut: TAKEN_OUT,
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
    withoutEdge: WITHOUT_EDGE,
    takenOut: TAKEN_OUT,
    background: BACKGROUND,
  }),
  z.object({ kind: z.literal('refused'), codes: CODES, checks: CHECKS }),
]);

/** What a capacity search found. */
export const SEARCH: z.ZodType<SearchOutcome> = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('found'),
    capacity: z.object({
      load: z.number(),
      interval: INTERVAL,
      failing: REASON,
      trials: z
        .array(
          z.object({
            step: z.number(),
            offered: z.number(),
            speed: MEASURED,
            load: z.number(),
            holds: z.boolean(),
            over: MEASURED,
            requests: z.number(),
            problems: CODES,
          }),
        )
        .max(1000),
      usual: z.object({ ms: z.number(), runs: z.number(), spread: MEASURED.optional() }).nullable(),
    }),
  }),
  z.object({ kind: z.literal('none'), reason: PHRASE }),
]);

const JUDGED = z.object({
  resource: z.object({ tier: PHRASE, hosts: NAMES, resource: KIND }),
  factor: z.number(),
  run: PHRASE,
  load: MEASURED,
  interval: INTERVAL,
  highest: z.number(),
  predicted: MEASURED,
  moved: MEASURED,
});

/** What short runs proved of a verdict. */
export const CONFIRMATION: z.ZodType<Confirmation> = z.object({
  kind: z.enum(['confirmed', 'inferred', 'contradicted']),
  before: z.number(),
  beforeInterval: INTERVAL.optional(),
  named: JUDGED,
  runnerUp: JUDGED.nullable(),
});

const PER_SLICE = z.array(z.number().min(0)).max(1000);
const MS_PER_SLICE = z.array(z.number().min(0).nullable()).max(1000);

/** What users felt from second to second while an experiment went on. */
const TIMELINE = z
  .object({
    startMs: z.number(),
    sliceS: z.number().positive(),
    requests: PER_SLICE,
    failed: PER_SLICE,
    completed: PER_SLICE,
    medianMs: MS_PER_SLICE,
    quantileMs: MS_PER_SLICE,
    phases: z.array(z.object({ name: PHRASE, startMs: z.number(), endMs: z.number(), offered: z.number().nullable() })).max(1000),
    marks: z.array(z.object({ action: PHRASE, text: PHRASE, beganMs: z.number(), endedMs: z.number() })).max(1000),
  })
  .optional();

/** What an experiment came to. */
export const OUTCOME: z.ZodType<ExperimentOutcome> = z.object({
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
        bounds: z
          .array(z.object({ value: z.number(), bound: z.number(), side: z.enum(['least', 'most']) }))
          .max(100)
          .optional(),
        details: NAMES,
        values: z.record(PHRASE, MEASURED),
      }),
    )
    .max(500),
  checks: CHECKS,
  table: z.object({ head: NAMES, rows: z.array(NAMES).max(1000) }).nullable(),
  curve: z
    .object({
      over: PHRASE,
      unit: PHRASE,
      lines: z
        .array(
          z.object({
            title: PHRASE,
            unit: PHRASE,
            points: z.array(z.object({ at: z.number(), phase: PHRASE, value: MEASURED })).max(1000),
          }),
        )
        .max(100),
    })
    .optional(),
  timeline: TIMELINE,
});
