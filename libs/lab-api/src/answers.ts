import type { Confirmation, RunData, SearchOutcome, Verdict } from '@loadstair/analysis';
import type { ByForm, ExperimentOutcome } from '@loadstair/experiments';
import type { HostNote } from '@loadstair/report-view';
import type { ComparisonRecord, KeptSeries, LogLine, Manifest, SlowShare, Span, TracedRequest } from '@loadstair/runs';
import type { HostStatus, Right, ToolReport } from '@loadstair/runtime';
import type { Topology } from '@loadstair/topology';

/** `GET /api/status`: what is up in this instance. */
export interface StatusAnswer {
  readonly instance: number;
  readonly pid: number;
  readonly machine: string;
  readonly state: 'idle' | 'starting' | 'up' | 'measuring' | 'stopping' | 'not-clean';
  /** The site that is up, or that is being started or stopped. */
  readonly holds: { readonly stage: number; readonly slug: string } | null;
  readonly url: string | null;
  readonly stage: number | null;
  readonly slug: string | null;
  readonly hosts: readonly HostStatus[];
  readonly run: string | null;
  readonly budgeted: boolean | null;
  readonly isolation: string | null;
}

/** `GET /api/runs/{run}/dashboards/{uid}`: a dashboard as Grafana has it, and what its queries answered over the run. */
export interface DashboardAnswer {
  /** All dashboards that show this run. */
  readonly dashboards: readonly { readonly uid: string; readonly title: string }[];
  readonly dashboard: unknown;
  readonly data: Omit<KeptSeries, 'panels' | 'exemplars'> & {
    readonly panels: KeptSeries['panels'][string];
    readonly exemplars: KeptSeries['exemplars'][string];
  };
  /** Whether there will be more. */
  readonly going: boolean;
}

/** One of `GET /api/stages`. What limit is expected of a stage is not told: it is for the learner to find. */
export interface StageAnswer {
  readonly topology: Topology;
  readonly story: { readonly changed: string; readonly why: string; readonly shows: string };
  readonly profile: string;
  readonly experiments: readonly ExperimentAnswer[];
  /** What is different from the stage before, a line each; empty for the first. */
  readonly changes: readonly string[];
}

/** `GET /api/stages/{stage}/diff/{other}`. */
export interface DiffAnswer {
  readonly from: Topology;
  readonly to: Topology;
  /** What is different in the second, a line each. */
  readonly lines: readonly string[];
}

export interface ExperimentAnswer {
  readonly name: string;
  readonly title: string;
  readonly happens: string;
  /** Seconds. */
  readonly takesS: ByForm;
}

/** A run as a list shows it. */
export type ListedRunAnswer =
  | {
      readonly kind: 'run';
      readonly id: string;
      readonly startedAt: string;
      readonly stage: number;
      readonly slug: string;
      readonly set: readonly string[];
      readonly profile: string;
      readonly experiment: string | null;
      readonly quick: boolean;
      /** It was measured elsewhere. */
      readonly imported: boolean;
      /** `named`, `refused`, … of a verdict; `held`, `not-held`, `refused` of an experiment. */
      readonly result: Verdict['kind'] | ExperimentOutcome['kind'];
      /** The result in a phrase. */
      readonly words: string;
    }
  | { readonly kind: 'going'; readonly id: string; readonly stage: number; readonly slug: string; readonly profile: string }
  | { readonly kind: 'damaged'; readonly id: string; readonly reason: string };

/** `GET /api/runs`, newest first. */
export interface RunListAnswer {
  readonly runs: readonly ListedRunAnswer[];
  /** That match the search, on all pages. */
  readonly total: number;
  readonly page: number;
  readonly pages: number;
}

/** `GET /api/runs/{run}`. */
export type RunAnswer =
  | { readonly state: 'going'; readonly manifest: Manifest }
  | {
      readonly state: 'ended';
      readonly manifest: Manifest;
      readonly runData: RunData;
      readonly verdict: Verdict;
      readonly search: SearchOutcome | null;
      readonly confirmation: Confirmation | null;
      readonly outcome: ExperimentOutcome | null;
      readonly notes: readonly HostNote[];
    }
  /** Its labd ended in the middle: nothing was judged. */
  | { readonly state: 'broken'; readonly manifest: Manifest; readonly reason: string };

/** `GET /api/runs/{run}/confirmation`: whether short runs proved the verdict of a run that has ended, or could. */
export type ConfirmationAnswer =
  /** `failed`: why it did not come to an end the last time. */
  | { readonly state: 'ready'; readonly runs: number; readonly takesS: number; readonly failed: string | null }
  | {
      readonly state: 'going';
      /** From 1. */
      readonly number: number;
      readonly of: number;
      /** What this short run has more of: `db-1 CPU`. */
      readonly gets: string;
      readonly factor: number;
      /** The short run. */
      readonly run: string;
      /** Of this one and those after it. */
      readonly takesS: number;
    }
  | { readonly state: 'done'; readonly confirmation: Confirmation }
  | { readonly state: 'impossible'; readonly why: string };

/** `GET /api/compare`. */
export type CompareAnswer =
  | {
      readonly kind: 'compared';
      readonly record: ComparisonRecord;
      /** What is different in each topology from the one before it. */
      readonly changes: readonly (readonly string[])[];
    }
  | { readonly kind: 'incomparable'; readonly differences: readonly string[] }
  /** Stages that have no usable run yet. */
  | { readonly kind: 'missing'; readonly stages: readonly number[]; readonly profile: string };

/** `GET /api/health`: the doctor's table. */
export interface HealthAnswer {
  readonly tools: readonly MendableTool[];
  readonly rights: readonly Right[];
  /** Names of what is missing and needed. */
  readonly missing: readonly string[];
}

export interface MendableTool {
  readonly report: ToolReport;
  /** Stages that need it, in words. */
  readonly neededBy: string;
  /** The command that installs it. */
  readonly mend: string;
}

/** `GET /api/runs/{run}/traces`: requests that match, the slowest first. */
export interface TracesAnswer {
  readonly requests: readonly TracedRequest[];
  readonly total: number;
  /** What the slow of those of this route, host and status share; null where too few are there to tell. */
  readonly slow: SlowShare | null;
  /** What can be asked for. */
  readonly routes: readonly string[];
  readonly hosts: readonly string[];
}

/** `GET /api/runs/{run}/traces/{trace}`: all that is known of one arrival's requests. */
export interface TraceAnswer {
  readonly spans: readonly Span[];
  readonly logs: readonly LogLine[];
}

/** `GET /api/runs/{run}/logs`. */
export interface LogsAnswer {
  readonly lines: readonly LogLine[];
  readonly total: number;
  readonly hosts: readonly string[];
}
