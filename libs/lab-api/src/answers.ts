import type { Unchanged } from '@loadstair/kit';
import { z } from 'zod';
import {
  BY_FORM,
  CONFIRMATION,
  DASHBOARD_DATA,
  HOST_NOTE,
  HOST_STATUS,
  MANIFEST,
  OUTCOME,
  PROBLEM_LINES,
  RIGHT,
  RUN_DATA,
  RUN_LABEL,
  SEARCH,
  SETTING,
  TOOL_REPORT,
  TOPOLOGY,
  VERDICT,
} from './domain.ts';
import { BLOCK, LAB_SUMMARY, STEP_MARK } from './lab-views.ts';
import { RESULTS } from './requests.ts';
import { SLOW_SHARE, SPAN, TRACED_REQUEST } from './signals.ts';

const PLACE = z.object({ stage: z.int(), slug: z.string() });

export const STATUS = z
  .object({
    instance: z.int(),
    pid: z.int(),
    machine: z.string(),
    state: z.enum(['idle', 'starting', 'up', 'measuring', 'stopping', 'not-clean']),
    holds: PLACE.nullable().describe('The site that is up, or that is being started or stopped'),
    url: z.string().nullable(),
    stage: z.int().nullable(),
    slug: z.string().nullable(),
    hosts: z.array(HOST_STATUS),
    run: z.string().nullable(),
    budgets: z.enum(['on', 'lifted', 'off']).nullable(),
    isolation: z.string().nullable(),
    recorded: z
      .object({ says: z.string().describe('When and on which machine, one sentence') })
      .optional()
      .describe('Where recorded runs are shown, and nothing is measured'),
    endsAtMs: z
      .number()
      .nullable()
      .optional()
      .describe('When labd ends by itself, epoch ms, if no request reaches labd until then; null or absent where it stays'),
  })
  .meta({ id: 'Status', description: 'What is up in this instance' });
export type StatusAnswer = Unchanged<z.output<typeof STATUS>>;

export const BEGUN = z.object({ run: z.string() }).meta({ id: 'Begun', description: 'A run that has begun; its events tell the rest' });

export const DASHBOARD = z
  .object({
    dashboards: z.array(z.object({ uid: z.string(), title: z.string() })).describe('All dashboards that show this run'),
    dashboard: z.unknown().describe('As Grafana has it'),
    data: DASHBOARD_DATA,
    going: z.boolean().describe('Whether there will be more'),
  })
  .meta({ id: 'Dashboard', description: 'A dashboard, and what its queries answered over the run' });
export type DashboardAnswer = Unchanged<z.output<typeof DASHBOARD>>;

export const EXPERIMENT = z
  .object({ name: z.string(), title: z.string(), happens: z.string(), takesS: BY_FORM })
  .meta({ id: 'Experiment', description: 'An experiment of a stage; times in s' });
export type ExperimentAnswer = Unchanged<z.output<typeof EXPERIMENT>>;

export const STAGE = z
  .object({
    topology: TOPOLOGY,
    story: z.object({ changed: z.string(), why: z.string(), shows: z.string() }),
    profile: z.string(),
    experiments: z.array(EXPERIMENT),
    settings: z.array(SETTING).describe('What --set may change of the stage'),
    changes: z.array(z.string()).describe('What is different from the stage before, a line each; empty for the first'),
  })
  .meta({ id: 'Stage', description: 'What limit is expected of a stage is not told: it is for the learner to find' });
export type StageAnswer = Unchanged<z.output<typeof STAGE>>;

export const PROFILE = z
  .object({
    name: z.string(),
    purpose: z.string(),
    slo: z.object({
      quantile: z.number(),
      latencyMs: z.number(),
      errorShare: z.number().describe('Of requests that may fail, 0–1'),
    }),
    journeys: z.array(z.object({ name: z.string(), does: z.string(), share: z.number().describe('Of all arrivals, 0–1') })),
    readsPerWrite: z.number().nullable().describe('Requests that read for each that writes, files left out; null where nobody writes'),
  })
  .meta({ id: 'Profile', description: 'A stored load profile: what users do, and the SLO it is judged by' });
export type ProfileAnswer = Unchanged<z.output<typeof PROFILE>>;

export const DIFF = z
  .object({ from: TOPOLOGY, to: TOPOLOGY, lines: z.array(z.string()).describe('What is different in the second, a line each') })
  .meta({ id: 'Diff', description: 'What one stage changes of another' });
export type DiffAnswer = Unchanged<z.output<typeof DIFF>>;

/** What runs come to: of a verdict, or of an experiment. */
const RESULT = z.enum(RESULTS).describe('Of a verdict, or of an experiment');

export const LISTED_RUN = z
  .discriminatedUnion('kind', [
    z.object({
      kind: z.literal('run'),
      id: z.string(),
      startedAt: z.string(),
      ...PLACE.shape,
      set: z.array(z.string()),
      profile: z.string(),
      experiment: z.string().nullable(),
      quick: z.boolean(),
      imported: z.boolean().describe('It was measured elsewhere'),
      searched: z.boolean().describe('It searched for the capacity'),
      label: RUN_LABEL,
      result: RESULT,
      words: z.string().describe('The result in a phrase'),
    }),
    z.object({ kind: z.literal('going'), id: z.string(), ...PLACE.shape, profile: z.string() }),
    z.object({ kind: z.literal('damaged'), id: z.string(), reason: z.string() }),
  ])
  .meta({ id: 'ListedRun', description: 'A run as a list shows it' });
export type ListedRunAnswer = Unchanged<z.output<typeof LISTED_RUN>>;

export const RUN_LIST = z
  .object({
    runs: z.array(LISTED_RUN),
    total: z.int().describe('That match the search, on all pages'),
    page: z.int(),
    pages: z.int(),
  })
  .meta({ id: 'RunList', description: 'Stored runs, newest first' });
export type RunListAnswer = Unchanged<z.output<typeof RUN_LIST>>;

export const RUN = z
  .discriminatedUnion('state', [
    z.object({ state: z.literal('going'), manifest: MANIFEST }),
    z.object({
      state: z.literal('ended'),
      manifest: MANIFEST,
      runData: RUN_DATA,
      verdict: VERDICT,
      search: SEARCH.nullable(),
      confirmation: CONFIRMATION.nullable(),
      outcome: OUTCOME.nullable(),
      notes: z.array(HOST_NOTE),
      label: RUN_LABEL,
    }),
    z.object({ state: z.literal('sealed'), manifest: MANIFEST }).describe('Of a gameday: no verdict before its cause is named'),
    z
      .object({ state: z.literal('broken'), manifest: MANIFEST, reason: z.string() })
      .describe('Its labd ended before the run did: nothing was judged'),
  ])
  .meta({ id: 'Run', description: 'One run: what it is, and once it has ended all that was measured' });
export type RunAnswer = Unchanged<z.output<typeof RUN>>;

export const CONFIRMING = z
  .discriminatedUnion('state', [
    z.object({
      state: z.literal('ready'),
      runs: z.int(),
      takesS: z.number(),
      failed: z.string().nullable().describe('Why it did not come to an end the last time'),
    }),
    z.object({
      state: z.literal('going'),
      number: z.int().describe('From 1'),
      of: z.int(),
      gets: z.string().describe('What this short run has more of: a host and its resource'),
      factor: z.number(),
      run: z.string().describe('The short run'),
      takesS: z.number().describe('Of this one and those after it'),
    }),
    z.object({ state: z.literal('done'), confirmation: CONFIRMATION }),
    z.object({ state: z.literal('impossible'), why: z.string() }),
  ])
  .meta({ id: 'Confirming', description: 'Whether short runs proved the verdict of a run that has ended, or could' });
export type ConfirmationAnswer = Unchanged<z.output<typeof CONFIRMING>>;

export const MENDABLE_TOOL = z
  .object({
    report: TOOL_REPORT,
    neededBy: z.string().describe('Stages that need it, in words'),
    mend: z.string().describe('The command that installs it'),
  })
  .meta({ id: 'MendableTool' });
export type MendableTool = Unchanged<z.output<typeof MENDABLE_TOOL>>;

export const HEALTH = z
  .object({
    tools: z.array(MENDABLE_TOOL),
    rights: z.array(RIGHT),
    missing: z.array(z.string()).describe('Names of what is missing and needed'),
  })
  .meta({ id: 'Health', description: 'The table of ./lab doctor' });
export type HealthAnswer = Unchanged<z.output<typeof HEALTH>>;

export const TRACES = z
  .object({
    requests: z.array(TRACED_REQUEST),
    total: z.int(),
    slow: SLOW_SHARE.nullable().describe(
      'What the slow of those of this route, host and status share; null where too few are there to tell',
    ),
    routes: z.array(z.string()).describe('Routes that can be requested'),
    hosts: z.array(z.string()),
  })
  .meta({ id: 'Traces', description: 'Requests that match, the slowest first' });
export type TracesAnswer = Unchanged<z.output<typeof TRACES>>;

export const LOG_LINE = z
  .object({
    atMs: z.number(),
    host: z.string(),
    component: z.string(),
    level: z.enum(['info', 'warning', 'error']),
    text: z.string(),
    trace: z.string().nullable().describe('Trace it belongs to, where the program said so'),
    fields: z
      .record(z.string(), z.union([z.string(), z.number()]))
      .describe('What else the line says; docs/reference/telemetry.md lists the names'),
    whole: z.string().describe('All the program wrote, as JSON'),
  })
  .meta({ id: 'LogLine' });

export const TRACE = z
  .object({
    spans: z.array(SPAN),
    logs: z.array(LOG_LINE),
    requests: z
      .array(
        z.object({
          span: z.string(),
          route: z.string(),
          step: z.int().nullable().describe('Step of the run it began in'),
          alike: z.int().describe('Traced requests of its route in the run, itself included'),
        }),
      )
      .describe('Spans that came in from outside'),
  })
  .meta({ id: 'Trace', description: 'All that is known of one arrival’s requests' });
export type TraceAnswer = Unchanged<z.output<typeof TRACE>>;

export const LOGS = z
  .object({ lines: z.array(LOG_LINE), total: z.int(), hosts: z.array(z.string()) })
  .meta({ id: 'Logs', description: 'Warnings and errors of a run’s hosts' });
export type LogsAnswer = Unchanged<z.output<typeof LOGS>>;

export const LABS = z.object({ learner: z.string(), labs: z.array(LAB_SUMMARY) }).meta({ id: 'Labs' });
export const LEARNERS = z.object({ learners: z.array(z.string()) }).meta({ id: 'Learners' });
export const LAB = z
  .object({
    ...PLACE.shape,
    title: z.string(),
    goal: z.array(BLOCK),
    background: z.array(BLOCK),
    takesS: BY_FORM,
    steps: z.array(STEP_MARK),
  })
  .meta({ id: 'Lab', description: 'Goal, background and steps of a lab, and how the learner left each' });
export type LabAnswer = Unchanged<z.output<typeof LAB>>;

export const BENCH = z.object({ bench: z.string() }).meta({ id: 'BenchBegun' });
/** Something was asked for, and nothing is told of it here. */
export const NOTHING = z.object({}).meta({ id: 'Nothing' });

export const PROBLEM = z
  .object({ type: z.string(), title: z.string(), status: z.int(), detail: z.string(), ...PROBLEM_LINES.shape })
  .meta({ id: 'Problem', description: 'RFC 9457, and the same in the lab’s words: what happened, why, what to do, code, exit status' });
