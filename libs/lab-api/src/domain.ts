import type { ByForm, ExperimentOutcome } from '@loadstair/experiments';
import type { Confirmation, RunData, SearchOutcome, Verdict } from '@loadstair/analysis';
import type { LabLog, LabSummary, StepMark, StepView, Block } from '@loadstair/labs';
import type { HostNote } from '@loadstair/report-view';
import type { BenchEvent, ComparisonRecord, KeptSeries, Manifest, RunEvent, SlowShare, Span, TracedRequest } from '@loadstair/runs';
import { CONFIRMATION_SCHEMA, EVENT_SCHEMA, OUTCOME_SCHEMA, RUN_DATA_SCHEMA, SEARCH_SCHEMA, VERDICT_SCHEMA } from '@loadstair/runs/schemas';
import type { HostStatus, Right, ToolReport } from '@loadstair/runtime';
import type { Topology } from '@loadstair/topology';
import { z } from 'zod';

/**
 * A value whose type its own library declares. The schema says what a reader may rely on; that it fits the type, the tests that
 * read answers of a running labd through it show.
 */
function owned<Value>(id: string, description: string, schema: z.ZodType = z.looseObject({})): z.ZodType<Value> {
  return (schema as z.ZodType<Value>).meta({ id, description });
}

export const TOPOLOGY = owned<Topology>(
  'Topology',
  'A site as data: tiers, and links between them',
  z.looseObject({ stage: z.int(), slug: z.string(), tiers: z.array(z.looseObject({ name: z.string(), count: z.int() })) }),
);
export const HOST_STATUS = owned<HostStatus>(
  'HostStatus',
  'A host now',
  z.looseObject({
    name: z.string(),
    tier: z.string(),
    address: z.string(),
    publicAddress: z.string().nullable(),
    state: z.string(),
    cpu: z.number(),
    memoryMiB: z.number(),
    role: z.enum(['primary', 'replica']).nullable(),
    faults: z.array(z.string()),
    components: z.array(z.looseObject({ kind: z.string(), pid: z.int().nullable() })),
    sinceMs: z.number(),
  }),
);
export const MANIFEST = owned<Manifest>(
  'Manifest',
  'What was run: stage, settings, profile, seed, machine and versions',
  z.looseObject({ run: z.string(), stage: z.int(), slug: z.string(), profile: z.string(), startedAt: z.string() }),
);
export const RUN_DATA = owned<RunData>('RunData', 'All that was measured of a run, step by step', RUN_DATA_SCHEMA);
export const VERDICT = owned<Verdict>('Verdict', 'What limits, or why nothing is named', VERDICT_SCHEMA);
export const SEARCH = owned<SearchOutcome>('SearchOutcome', 'The capacity that was found, or why none was', SEARCH_SCHEMA);
export const CONFIRMATION = owned<Confirmation>('Confirmation', 'What short runs proved of a verdict', CONFIRMATION_SCHEMA);
export const OUTCOME = owned<ExperimentOutcome>('ExperimentOutcome', 'What an experiment came to', OUTCOME_SCHEMA);
export const COMPARISON = owned<ComparisonRecord>(
  'Comparison',
  'Runs side by side',
  z.looseObject({ id: z.string(), arms: z.array(z.looseObject({})) }),
);
export const RUN_EVENT = owned<RunEvent>('RunEvent', 'Something that happened in a run', EVENT_SCHEMA);
export const BENCH_EVENT = owned<BenchEvent>('BenchEvent', 'Something that happened in a bench', z.looseObject({ type: z.string() }));
export const BY_FORM = owned<ByForm>('ByForm', 'Of the long form and of the quick one', z.object({ full: z.number(), quick: z.number() }));

const HOST_NOTE_SHAPE = z.object({ atMs: z.number(), host: z.string(), kind: z.string(), detail: z.string() });
export const HOST_NOTE = owned<HostNote>('HostNote', 'A host that came or went while load ran', HOST_NOTE_SHAPE);

export const SPAN = owned<Span>('Span', 'One operation of a trace', z.looseObject({ name: z.string() }));
export const TRACED_REQUEST = owned<TracedRequest>('TracedRequest', 'A request that was traced', z.looseObject({ trace: z.string() }));
export const SLOW_SHARE = owned<SlowShare>('SlowShare', 'What slow requests have in common');

export const DASHBOARD_PANELS = owned<KeptSeries['panels'][string]>('DashboardPanels', 'What the queries of each panel answered');
export const DASHBOARD_EXEMPLARS = owned<KeptSeries['exemplars'][string]>('DashboardExemplars', 'Traced requests to be drawn in panels');
export const DASHBOARD_RANGE = owned<Omit<KeptSeries, 'panels' | 'exemplars'>>(
  'DashboardRange',
  'Of when the answers are, and what is noted above the panels',
);

export const TOOL_REPORT = owned<ToolReport>(
  'ToolReport',
  'What was found of a program',
  z.looseObject({ name: z.string(), state: z.enum(['found', 'unsupported', 'missing']) }),
);
export const RIGHT = owned<Right>(
  'Right',
  'Something the machine must allow',
  z.object({ name: z.string(), state: z.enum(['ok', 'warn', 'missing']), found: z.string(), mend: z.string().nullable() }),
);

export const LAB_SUMMARY = owned<LabSummary>(
  'LabSummary',
  'A guided lab, and how far the learner is',
  z.looseObject({ stage: z.int(), slug: z.string(), title: z.string(), steps: z.int(), done: z.int(), begun: z.boolean() }),
);
export const STEP_MARK = owned<StepMark>('StepMark', 'A step, and how the learner left it');
export const STEP_VIEW = owned<StepView>('StepView', 'A step as the page shows it now', z.looseObject({ moment: z.string() }));
export const LAB_LOG = owned<LabLog>('LabLog', 'All a learner did, for a teacher');
export const BLOCK = owned<Block>('Block', 'A paragraph of a guide');
