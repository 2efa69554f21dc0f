import type { Confirmation, RunData, SearchOutcome, Verdict } from '@loadstair/analysis';
import type { ByForm, ExperimentOutcome } from '@loadstair/experiments';
import type { HostNote } from '@loadstair/report-view';
import type { BenchEvent, Manifest, RunEvent, RunLabel } from '@loadstair/runs';
import {
  CONFIRMATION_SCHEMA,
  EVENT_SCHEMA,
  KEPT_SERIES_SCHEMA,
  MANIFEST_SCHEMA,
  OUTCOME_SCHEMA,
  RUN_DATA_SCHEMA,
  RUN_LABEL_SCHEMA,
  SEARCH_SCHEMA,
  VERDICT_SCHEMA,
} from '@loadstair/runs/schemas';
import { RIGHT_NAMES, type HostStatus, type Right, type ToolReport } from '@loadstair/runtime';
import type { SettingRow, Topology } from '@loadstair/topology';
import { TOPOLOGY as TOPOLOGY_SCHEMA } from '@loadstair/topology/schema';
import { z } from 'zod';

/** A value whose type its own library declares: a schema that is not of that type does not compile. */
export function owned<Value>(id: string, description: string, schema: z.ZodType<Value>): z.ZodType<Value> {
  return schema.meta({ id, description });
}

/**
 * A value as run folders keep it, by the schema they are read with: runs before December 2026 lack what came later, so it is wider than the
 * type. A test that reads answers of a running labd through it shows that it fits.
 */
function kept<Value>(id: string, description: string, schema: z.ZodType): z.ZodType<Value> {
  return (schema as z.ZodType<Value>).meta({ id, description });
}

export const TOPOLOGY = owned<Topology>('Topology', 'A site as data: tiers, links between them, places and names', TOPOLOGY_SCHEMA);

export const HOST_STATUS = owned<HostStatus>(
  'HostStatus',
  'A host now',
  z.object({
    name: z.string(),
    tier: z.string(),
    address: z.string(),
    publicAddress: z.string().nullable(),
    state: z.enum(['starting', 'up', 'draining', 'down', 'stopped']),
    cpu: z.number(),
    memoryMiB: z.number(),
    role: z.enum(['primary', 'replica']).nullable(),
    faults: z.array(z.string()),
    components: z.array(z.object({ kind: z.string(), pid: z.int().nullable() })),
    sinceMs: z.number(),
  }),
);

export const MANIFEST = owned<Manifest>('Manifest', 'What was run: stage, settings, profile, seed, machine and versions', MANIFEST_SCHEMA);
export const RUN_DATA = kept<RunData>('RunData', 'All that was measured of a run, step by step', RUN_DATA_SCHEMA);
export const VERDICT = owned<Verdict>('Verdict', 'What limits, or why nothing is named', VERDICT_SCHEMA);
export const SEARCH = owned<SearchOutcome>('SearchOutcome', 'The capacity that was found, or why none was', SEARCH_SCHEMA);
export const CONFIRMATION = owned<Confirmation>('Confirmation', 'What short runs proved of a verdict', CONFIRMATION_SCHEMA);
export const OUTCOME = owned<ExperimentOutcome>('ExperimentOutcome', 'What an experiment came to', OUTCOME_SCHEMA);
export const RUN_LABEL = owned<RunLabel>('RunLabel', 'What a person wrote beside a run: a name, a note, a star', RUN_LABEL_SCHEMA);
export const RUN_EVENT = owned<RunEvent>('RunEvent', 'Something that happened in a run', EVENT_SCHEMA);

export const SETTING = owned<SettingRow>(
  'Setting',
  'A setting of a tier, as --set takes it',
  z.object({
    tier: z.string(),
    key: z.string(),
    meaning: z.string(),
    takes: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('number'), low: z.number(), high: z.number(), unit: z.string().nullable(), whole: z.boolean() }),
      z.object({ kind: z.literal('word'), words: z.array(z.string()) }),
    ]),
    value: z
      .union([z.number(), z.string()])
      .nullable()
      .describe('When nothing is typed; null where it is off, or follows from something else'),
    live: z.boolean().describe('Whether a site takes it while it runs'),
  }),
);

export const BY_FORM = owned<ByForm>('ByForm', 'Of the long form and of the quick one', z.object({ full: z.number(), quick: z.number() }));

export const HOST_NOTE = owned<HostNote>(
  'HostNote',
  'A host that came or went while load ran',
  z.object({ atMs: z.number(), host: z.string(), kind: z.string(), detail: z.string() }),
);

/** What a person reads of a failure (libs/kit). */
export const PROBLEM_LINES = z.object({ what: z.string(), why: z.string(), do: z.string(), code: z.string(), exit: z.int() });

const BENCH_ROW = z.object({
  id: z.string(),
  what: z.string(),
  unit: z.enum(['ratio', 'share', 'seconds', 'milliseconds', 'bytes']),
  value: z.number(),
  interval: z.tuple([z.number(), z.number()]).nullable(),
  bar: z.object({ kind: z.enum(['at-least', 'at-most']), value: z.number() }).nullable(),
  outcome: z.enum(['holds', 'missed', 'unsure', 'noted']),
  detail: z.string(),
});

export const BENCH_EVENT = owned<BenchEvent>(
  'BenchEvent',
  'Something that happened in a bench',
  z.discriminatedUnion('type', [
    z.object({ type: z.literal('part'), atMs: z.number(), state: z.enum(['begun', 'done']), text: z.string() }),
    z.object({
      type: z.literal('result'),
      atMs: z.number(),
      result: z.object({
        schema: z.literal(1),
        at: z.string(),
        quick: z.boolean(),
        seconds: z.number(),
        machine: z.object({ cores: z.number(), model: z.string(), kernel: z.string(), node: z.string() }),
        rows: z.array(BENCH_ROW),
        busy: z.string().nullable(),
      }),
    }),
    z.object({ type: z.literal('failed'), atMs: z.number(), problem: PROBLEM_LINES }),
  ]),
);

/** What the queries of one dashboard answered: of all that is kept of a run, what is under its uid. */
export const DASHBOARD_DATA = KEPT_SERIES_SCHEMA.extend({
  panels: KEPT_SERIES_SCHEMA.shape.panels.valueType.describe('By id of the panel and refId of the query'),
  exemplars: KEPT_SERIES_SCHEMA.shape.exemplars.unwrap().valueType.describe('Traced requests to be drawn, by id of the panel'),
}).meta({ id: 'DashboardData', description: 'Of when the answers are, what the queries answered, and what is noted above the panels' });

export const TOOL_REPORT = owned<ToolReport>(
  'ToolReport',
  'What was found of a program',
  z.discriminatedUnion('state', [
    z.object({
      name: z.string(),
      state: z.literal('found'),
      version: z.string(),
      path: z.string(),
      from: z.enum(['PATH', 'package', 'lab']),
    }),
    z.object({ name: z.string(), state: z.literal('unsupported'), version: z.string(), path: z.string(), wanted: z.string() }),
    z.object({ name: z.string(), state: z.literal('missing') }),
  ]),
);

export const RIGHT = owned<Right>(
  'Right',
  'Something the machine must allow',
  z.object({
    name: z.enum(RIGHT_NAMES),
    state: z.enum(['ok', 'warn', 'missing']),
    found: z.string(),
    mend: z.string().nullable(),
  }),
);
