import type { GateCheck } from '@loadstair/analysis';
import type { Bound } from './bound.ts';

/** What an experiment came to. Made once by `judge`; terminal, JSON and pages are rendered from it. */
export interface ExperimentOutcome {
  readonly schema: 1;
  readonly experiment: string;
  readonly stage: number;
  readonly title: string;
  readonly quick: boolean;
  /** `refused`: the machine or the generator, or a gap in what was seen, make it impossible to say. */
  readonly kind: 'held' | 'not-held' | 'refused';
  readonly results: readonly ExpectationResult[];
  /** Checks of the validity gate that failed. */
  readonly checks: readonly GateCheck[];
  /** What phases that are compared came to; null where there is nothing to compare. */
  readonly table: OutcomeTable | null;
  /** What was measured against what the experiment changed; absent where it draws nothing. */
  readonly curve?: OutcomeCurve;
  /** What its users felt from second to second; absent where there was no load, and in outcomes of earlier versions. */
  readonly timeline?: OutcomeTimeline;
}

/** Load, failures and latency over time, in slices of equal length; each list has one value a slice. */
export interface OutcomeTimeline {
  /** Begin of the first slice, epoch ms. */
  readonly startMs: number;
  /** Length of a slice, s. */
  readonly sliceS: number;
  /** Requests due in the slice, and how many of them failed. */
  readonly requests: readonly number[];
  readonly failed: readonly number[];
  /** Arrivals whose last request ended in the slice. */
  readonly completed: readonly number[];
  /** Latency from the due time, ms: the median and the SLO's quantile of what was due in the slice and its neighbours; null where too few were. */
  readonly medianMs: readonly (number | null)[];
  readonly quantileMs: readonly (number | null)[];
  readonly phases: readonly TimelinePhase[];
  /** What was done meanwhile, in order. */
  readonly marks: readonly TimelineMark[];
}

/** A phase of constant load; epoch ms, arrivals/s. */
export interface TimelinePhase {
  readonly name: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly offered: number | null;
}

/** An action of the experiment; epoch ms. */
export interface TimelineMark {
  /** Name of the action. */
  readonly action: string;
  /** What was done, a sentence without its full stop. */
  readonly text: string;
  readonly beganMs: number;
  readonly endedMs: number;
}

/** Quantities over what an experiment changed from phase to phase, points ascending. */
export interface OutcomeCurve {
  /** What was changed, with its unit. */
  readonly over: string;
  readonly unit: string;
  readonly lines: readonly {
    readonly title: string;
    readonly unit: string;
    readonly points: readonly { readonly at: number; readonly phase: string; readonly value: number }[];
  }[];
}

export interface OutcomeTable {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export interface ExpectationResult {
  /** What it is about, a few words. */
  readonly about: string;
  readonly expected: string;
  readonly measured: string;
  /** Null when it could not be measured. */
  readonly holds: boolean | null;
  /** The numbers that decided it, with their bounds; outcomes of earlier versions have none. */
  readonly bounds?: readonly Bound[];
  /** One line a host, a server or the like. */
  readonly details: readonly string[];
  /** Numbers behind the words, by name with unit. */
  readonly values: Readonly<Record<string, number | null>>;
}

/** `kill-web: 6 of 6 expectations met.`; one phrase for lists and headings. */
export function outcomeSentence({ experiment, kind, results, checks }: ExperimentOutcome): string {
  const held = results.filter((result) => result.holds === true).length;
  if (kind !== 'refused') return `${experiment}: ${held} of ${results.length} expectations met.`;
  const why = checks.length > 0 ? checks.map((check) => check.code).join(', ') : 'something was not measured';
  return `${experiment}: this run cannot be judged (${why}).`;
}
