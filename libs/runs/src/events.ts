import type { ResourceKind } from '@loadstair/resources';
import type { FailedRequests, Projection, SearchOutcome, Slo, StepKind, Verdict } from '@loadstair/analysis';
import type { ExperimentOutcome } from '@loadstair/experiments';
import type { ProblemLines } from '@loadstair/kit';

/** What happens in a run, in order; the same stream feeds the terminal, `--events`, and later the console. */
export type RunEvent =
  | {
      readonly type: 'run-started';
      readonly atMs: number;
      readonly run: string;
      readonly stage: number;
      readonly slug: string;
      readonly profile: string;
      readonly slo: Slo;
      readonly seed: number;
      readonly hosts: readonly string[];
      readonly plannedSeconds: number;
    }
  | { readonly type: 'phase'; readonly atMs: number; readonly phase: Phase; readonly state: 'begun' | 'done'; readonly text: string }
  | {
      readonly type: 'step-started';
      readonly atMs: number;
      readonly step: number;
      readonly of: number;
      readonly kind: StepKind;
      readonly offered: number;
      readonly holdS: number;
    }
  | {
      readonly type: 'live';
      readonly atMs: number;
      readonly step: number;
      readonly elapsedS: number;
      readonly startedPerS: number;
      readonly achievedPerS: number;
      readonly lateP99Ms: number;
      readonly dropped: number;
      readonly closest: readonly { readonly label: string; readonly busy: number }[];
      /** Use of every limit that is read live, 0–1. */
      readonly use: readonly { readonly host: string; readonly kind: ResourceKind; readonly busy: number; readonly limit: number | null }[];
      /** How far each replica is behind what the primary has written; absent where nothing follows. */
      readonly behind?: readonly { readonly host: string; readonly bytes: number; readonly seconds: number | null }[];
      /** Latency of the last seconds from the due time, ms; null without a request. */
      readonly latency: { readonly p50Ms: number; readonly p95Ms: number; readonly requests: number } | null;
      /** Requests that failed in the last seconds, by reason; absent where none did. */
      readonly failures?: readonly FailedRequests[];
      readonly verdictInS: number;
    }
  | {
      readonly type: 'step';
      readonly atMs: number;
      readonly step: number;
      /** Of a phase of an experiment. */
      readonly name?: string;
      readonly kind: StepKind;
      readonly offered: number;
      readonly achieved: number;
      readonly p95Ms: number | null;
      readonly failedShare: number;
      readonly failed: number;
      /** The failed requests by reason, the most frequent first; absent where none failed. */
      readonly failures?: readonly FailedRequests[];
      readonly holds: boolean;
      readonly closest: { readonly label: string; readonly busy: number } | null;
      /** Where limits would be reached, from the steps so far, the lowest first. */
      readonly projected: readonly Projection[];
    }
  | { readonly type: 'host'; readonly atMs: number; readonly host: string; readonly kind: string; readonly detail: string }
  | {
      readonly type: 'verdict';
      readonly atMs: number;
      readonly run: string;
      readonly verdict: Verdict;
      readonly checks: { readonly passed: number; readonly of: number };
      readonly observerShareOfCore: number;
      readonly report: string;
      readonly lines: readonly string[];
      /** What a capacity search found; null in a plain run. */
      readonly capacity: SearchOutcome | null;
    }
  | { readonly type: 'action'; readonly atMs: number; readonly text: string }
  | {
      readonly type: 'outcome';
      readonly atMs: number;
      readonly run: string;
      readonly outcome: ExperimentOutcome;
      readonly folder: string;
      /** Path of report.html; experiments before December 2026 have none. */
      readonly report?: string;
    }
  | { readonly type: 'failed'; readonly atMs: number; readonly problem: ProblemLines };

export const PHASES = ['tools', 'machine', 'hosts', 'warm-up', 'load', 'back', 'verdict'] as const;
export type Phase = (typeof PHASES)[number];
