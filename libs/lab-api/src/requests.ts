import { z } from 'zod';
import type { Unchanged } from '@loadstair/kit';
import { ASKED_PROFILE } from '@loadstair/runs/run-request';

/** Bodies and queries of the API, beside a run's own (libs/runs/src/run-request.ts). */
export const BENCH_BODY = z.strictObject({
  quick: z.boolean().default(false),
  /** Seconds the command took until labd answered; they are part of the time to first load. */
  commandS: z.number().min(0).max(600).default(0),
});

/** How long labd shall stay while nothing is asked of it, s. */
export const STAY_BODY = z.strictObject({ idleS: z.number().positive().max(86_400) });

/** An action by its name (libs/operations, and those of stages), with the input that it declares. */
export const ACTION_BODY = z.strictObject({ action: z.string().max(40), input: z.record(z.string(), z.unknown()).default({}) });

export const EXPERIMENT_BODY = z.strictObject({
  name: z.string().max(60),
  profile: ASKED_PROFILE.describe('In place of the one that the experiment has'),
  quick: z.boolean().default(false),
  seed: z.int().min(0).max(0xffff_ffff).nullable().default(null),
});

/** A gameday: the code chooses whatever is null. */
export const GAMEDAY_BODY = z.strictObject({
  code: z.string().max(40),
  stage: z.int().min(1).nullable().default(null),
  level: z.int().min(1).max(3).nullable().default(null),
  quick: z.boolean().default(false),
});

export type ExperimentRequest = Unchanged<z.output<typeof EXPERIMENT_BODY>>;

const IDS = z.string().regex(/^[0-9a-z]{1,12}(,[0-9a-z]{1,12}){0,19}$/, 'ids with commas between them');
const NUMBERS = z.string().regex(/^\d{1,2}(,\d{1,2}){0,19}$/, 'numbers of stages with commas between them');

/** What a verdict or an experiment comes to. */
export const RESULTS = ['named', 'none-in-range', 'unexplained', 'refused', 'held', 'not-held'] as const;
/** A run of a load profile, a search for the capacity, or an experiment. */
export const RUN_KINDS = ['run', 'search', 'experiment'] as const;

/** Empty where all are asked for. */
const DAY = z
  .string()
  .regex(/^(\d{4}-\d{2}-\d{2})?$/, 'a day like 2026-11-30')
  .default('');

export const LIST_QUERY = z.strictObject({
  search: z.string().max(200).default(''),
  stage: z
    .string()
    .regex(/^\d{0,2}$/, 'the number of a stage')
    .default(''),
  kind: z.enum(['', ...RUN_KINDS]).default(''),
  result: z.enum(['', ...RESULTS]).default(''),
  from: DAY.describe('First day, UTC'),
  to: DAY.describe('Last day, UTC'),
  starred: z.enum(['', '1']).default('').describe('1 lists starred runs alone'),
  page: z.coerce.number().int().min(1).max(10_000).default(1),
});

const WORD = z.string().max(200).default('');

export const TRACES_QUERY = z.strictObject({
  route: WORD,
  host: WORD,
  status: z
    .string()
    .regex(/^\d{0,3}$/, 'the first digits of a status')
    .default(''),
  minMs: z.coerce.number().min(0).max(1e6).default(0),
});

export const LOGS_QUERY = z.strictObject({ q: WORD, host: WORD, trace: WORD });

const HELD = z.enum(['', '1']).default('').describe('1 puts the baseline before them');

/** Either stored runs, or the newest usable runs of stages. */
export const COMPARE_QUERY = z.union([
  z.strictObject({ runs: IDS.transform((text) => text.split(',')), baseline: HELD }),
  z.strictObject({
    stages: NUMBERS.transform((text) => text.split(',').map(Number)),
    profile: z.string().max(60).default('mixed'),
    baseline: HELD,
  }),
]);

export const TREND_QUERY = z.strictObject({
  stage: z.coerce.number().int().min(1).max(99),
  profile: z.string().max(60),
});

/** Events from a number on; with `owner=1` what is told of is stopped when the reader leaves. */
export const EVENTS_QUERY = z.object({
  since: z.string().optional().describe('Number of the first event; also Last-Event-ID'),
  owner: z.string().optional().describe('1 stops it when the reader leaves, and needs the key'),
});

export const TAIL_QUERY = z.object({
  lines: z.string().optional().describe('How many of the last lines'),
  follow: z.string().optional().describe('1 continues as lines are written'),
});
