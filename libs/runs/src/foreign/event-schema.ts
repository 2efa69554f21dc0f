import { STEP_KINDS } from '@loadstair/analysis';
import { z } from 'zod';
import { PHASES, type RunEvent } from '../events.ts';
import { FAILED_REQUESTS, INTERVAL, KIND, MEASURED, PHRASE, SLO } from './run-data-schema.ts';
import { OUTCOME, SEARCH, VERDICT } from './verdict-schema.ts';

const AT = { atMs: z.number() };
const STEP_KIND = z.enum(STEP_KINDS);
const FAILURES = z.array(FAILED_REQUESTS).max(1000).optional();
const BUSY = z.object({ label: PHRASE, busy: MEASURED });

/** One line of a run's events (events.ts); fills in what older runs have not. */
export const EVENT: z.ZodType<RunEvent> = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('run-started'),
    ...AT,
    run: PHRASE,
    stage: z.int(),
    slug: PHRASE,
    profile: PHRASE,
    slo: SLO,
    seed: z.number(),
    hosts: z.array(PHRASE).max(1000),
    plannedSeconds: z.number(),
  }),
  z.object({ type: z.literal('phase'), ...AT, phase: z.enum(PHASES), state: z.enum(['begun', 'done']), text: PHRASE }),
  z.object({
    type: z.literal('step-started'),
    ...AT,
    step: z.number(),
    of: z.number(),
    kind: STEP_KIND,
    offered: z.number(),
    holdS: z.number(),
  }),
  z.object({
    type: z.literal('live'),
    ...AT,
    step: z.number(),
    elapsedS: z.number(),
    startedPerS: z.number(),
    achievedPerS: z.number(),
    lateP99Ms: MEASURED,
    dropped: z.number(),
    closest: z.array(BUSY).max(1000),
    use: z
      .array(z.object({ host: PHRASE, kind: KIND, busy: MEASURED, limit: MEASURED }))
      .max(2000)
      .default([]),
    behind: z
      .array(z.object({ host: PHRASE, bytes: z.number(), seconds: MEASURED }))
      .max(1000)
      .optional(),
    latency: z.object({ p50Ms: z.number(), p95Ms: z.number(), requests: z.number() }).nullable().default(null),
    failures: FAILURES,
    verdictInS: MEASURED,
  }),
  z.object({
    type: z.literal('step'),
    ...AT,
    step: z.number(),
    name: PHRASE.optional(),
    kind: STEP_KIND,
    offered: z.number(),
    achieved: z.number(),
    p95Ms: MEASURED,
    failedShare: MEASURED,
    failed: z.number(),
    failures: FAILURES,
    holds: z.boolean(),
    closest: BUSY.nullable(),
    projected: z
      .array(z.object({ host: PHRASE, kind: KIND, load: MEASURED, interval: INTERVAL }))
      .max(1000)
      .default([]),
  }),
  z.object({ type: z.literal('host'), ...AT, host: PHRASE, kind: PHRASE, detail: PHRASE }),
  z.object({
    type: z.literal('verdict'),
    ...AT,
    run: PHRASE,
    verdict: VERDICT,
    checks: z.object({ passed: z.number(), of: z.number() }),
    observerShareOfCore: MEASURED,
    report: PHRASE,
    lines: z.array(PHRASE).max(1000),
    capacity: SEARCH.nullable().default(null),
  }),
  z.object({ type: z.literal('action'), ...AT, text: PHRASE }),
  z.object({ type: z.literal('outcome'), ...AT, run: PHRASE, outcome: OUTCOME, folder: PHRASE, report: PHRASE.optional() }),
  z.object({
    type: z.literal('failed'),
    ...AT,
    problem: z.object({ what: PHRASE, why: PHRASE, do: PHRASE, code: PHRASE, exit: z.number() }),
  }),
]);
