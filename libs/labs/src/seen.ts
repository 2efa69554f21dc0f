import {
  expectationsOf,
  type Experiment,
  type ExpectationDefinition,
  type ExpectationResult,
  type ExperimentOutcome,
} from '@loadstair/experiments';
import type { Refused, RunData, Verdict } from '@loadstair/analysis';
import type { OpenedRun } from '@loadstair/runs';
import type { Topology } from '@loadstair/topology';
import type { Fix } from './fix/fix.ts';

/** All that a question may look at. */
export interface Seen {
  /** What the step is about, settings applied. */
  readonly topology: Topology;
  /** What ran in this step; null where nothing runs. */
  readonly ran: Ran | null;
  /** What ran in an earlier step of the lab; null when it was skipped. */
  readonly earlier: (step: string) => Ran | null;
}

/** A run that can be judged. */
export type Ran = RanLoad | RanExperiment;

export interface RanLoad {
  readonly kind: 'run';
  readonly id: string;
  readonly data: RunData;
  readonly verdict: Exclude<Verdict, Refused>;
}

export interface RanExperiment {
  readonly kind: 'experiment';
  readonly id: string;
  readonly experiment: Experiment;
  readonly outcome: ExperimentOutcome;
}

/** What runs in a step. */
export type StepAction =
  | { readonly kind: 'look' }
  | { readonly kind: 'run'; readonly stage: number; readonly set: readonly string[] }
  | { readonly kind: 'experiment'; readonly experiment: Experiment }
  /** A run with the settings that the learner chooses. */
  | { readonly kind: 'fix'; readonly stage: number; readonly fix: Fix };

/** What the lab can run as it stands. */
export type Runnable = Extract<StepAction, { kind: 'run' | 'experiment' }>;

/** A run that was refused says nothing about a prediction. */
export type Judgeable = { readonly kind: 'judged'; readonly ran: Ran } | { readonly kind: 'refused'; readonly codes: readonly string[] };

/** What a stored run is to the step that asked for it. */
export function judgeable(run: OpenedRun, action: StepAction): Judgeable {
  if (action.kind === 'experiment') {
    const { outcome } = run;
    if (outcome === null) return { kind: 'refused', codes: ['NO_OUTCOME'] };
    // An outcome is refused, too, when one expectation could not be seen: the question about it says so, the others hold.
    return outcome.checks.length > 0
      ? { kind: 'refused', codes: outcome.checks.map((check) => check.code) }
      : { kind: 'judged', ran: { kind: 'experiment', id: run.id, experiment: action.experiment, outcome } };
  }
  return run.verdict.kind === 'refused'
    ? { kind: 'refused', codes: run.verdict.codes }
    : { kind: 'judged', ran: { kind: 'run', id: run.id, data: run.runData, verdict: run.verdict } };
}

/** Tells the expectations of one kind, and what each was given. */
export type KindOf<Input> = Pick<ExpectationDefinition<Input>, 'inputOf'>;

/** What the first expectation of a kind came to; null when this form of the experiment has none. */
export function resultOf<Input>(
  { experiment, outcome }: RanExperiment,
  kind: KindOf<Input>,
  which: (input: Input) => boolean = () => true,
): { readonly result: ExpectationResult; readonly number: number; readonly input: Input } | null {
  for (const [index, expectation] of expectationsOf(experiment, outcome.quick).entries()) {
    const input = kind.inputOf(expectation);
    const result = outcome.results[index];
    if (input !== null && which(input) && result !== undefined) return { result, number: index + 1, input };
  }
  return null;
}
