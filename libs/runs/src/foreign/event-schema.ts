import { STEP_KINDS } from '@loadstair/analysis';
import { z } from 'zod';
import { INTERVAL, KIND, PHRASE, SLO } from './run-data-schema.ts';
import { OUTCOME, SEARCH, VERDICT } from './verdict-schema.ts';

const MAYBE = z.number().nullable();
const AT = { atMs: z.number() };
const STEP_KIND = z.enum(STEP_KINDS);
const BUSY = z.object({ label: PHRASE, busy: MAYBE });

/** One line of a run's events (events.ts). */
export const EVENT = z.discriminatedUnion('type', [
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
  z.object({ type: z.literal('phase'), ...AT, phase: PHRASE, state: z.enum(['begun', 'done']), text: PHRASE }),
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
    lateP99Ms: MAYBE,
    dropped: z.number(),
    closest: z.array(BUSY).max(1000),
    use: z
      .array(z.object({ host: PHRASE, kind: KIND, busy: MAYBE, limit: MAYBE }))
      .max(2000)
      .optional(),
    behind: z
      .array(z.object({ host: PHRASE, bytes: z.number(), seconds: MAYBE }))
      .max(1000)
      .optional(),
    latency: z.object({ p50Ms: z.number(), p95Ms: z.number(), requests: z.number() }).nullish(),
    verdictInS: MAYBE,
  }),
  z.object({
    type: z.literal('step'),
    ...AT,
    step: z.number(),
    name: PHRASE.optional(),
    kind: STEP_KIND,
    offered: z.number(),
    achieved: z.number(),
    p95Ms: MAYBE,
    failedShare: MAYBE,
    failed: z.number(),
    holds: z.boolean(),
    closest: BUSY.nullable(),
    projected: z
      .array(z.object({ host: PHRASE, kind: KIND, load: MAYBE, interval: INTERVAL }))
      .max(1000)
      .optional(),
  }),
  z.object({ type: z.literal('host'), ...AT, host: PHRASE, kind: PHRASE, detail: PHRASE }),
  z.object({
    type: z.literal('verdict'),
    ...AT,
    run: PHRASE,
    verdict: VERDICT,
    checks: z.object({ passed: z.number(), of: z.number() }),
    observerShareOfCore: MAYBE,
    report: PHRASE,
    lines: z.array(PHRASE).max(1000),
    capacity: SEARCH.nullish(),
  }),
  z.object({ type: z.literal('action'), ...AT, text: PHRASE }),
  z.object({ type: z.literal('outcome'), ...AT, run: PHRASE, outcome: OUTCOME, folder: PHRASE }),
  z.object({
    type: z.literal('failed'),
    ...AT,
    problem: z.object({ what: PHRASE, why: PHRASE, do: PHRASE, code: PHRASE, exit: z.number() }),
  }),
]);
