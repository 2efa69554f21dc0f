import { appendFileSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Bound, ExperimentOutcome } from '@loadstair/experiments';

/** A refused run says nothing about the lab: it is made again, so often and no more. */
export const MOST_REPEATS = 2;

/** One quick run of an experiment, refused ones before it counted. */
export interface Trial {
  readonly experiment: string;
  /** Hash of everything the experiment depends on. */
  readonly inputs: string;
  readonly seed: number;
  readonly run: string;
  readonly kind: ExperimentOutcome['kind'];
  /** Codes of each run that was refused, this one included when it was the last of them. */
  readonly refusals: readonly string[];
  readonly results: readonly TrialResult[];
}

export interface TrialResult {
  readonly about: string;
  readonly measured: string;
  readonly holds: boolean | null;
  readonly bounds: readonly Bound[];
}

/** What an outcome says, without what only its report needs. */
export function resultsOf({ results }: ExperimentOutcome): TrialResult[] {
  return results.map(({ about, measured, holds, bounds = [] }) => ({ about, measured, holds, bounds }));
}

/** Why a run was refused: the codes of its failed checks, or what was not seen. */
export function refusalOf({ checks, results }: ExperimentOutcome): string {
  const unseen = results.filter(({ holds }) => holds === null).map(({ measured }) => measured);
  return [...checks.map(({ code }) => code), ...unseen].join(', ');
}

/**
 * Makes one trial. Only a refused run is repeated; one whose expectation did not hold is a finding.
 *
 * @param run makes one run with this seed; null when somebody interrupted it
 */
export async function makeTrial(
  { experiment, inputs, seed }: Pick<Trial, 'experiment' | 'inputs' | 'seed'>,
  run: () => Promise<{ readonly run: string; readonly outcome: ExperimentOutcome } | null>,
): Promise<Trial | null> {
  const refusals: string[] = [];
  for (;;) {
    const made = await run();
    if (made === null) return null;
    const { kind } = made.outcome;
    if (kind === 'refused') refusals.push(refusalOf(made.outcome));
    if (kind === 'refused' && refusals.length <= MOST_REPEATS) continue;
    return { experiment, inputs, seed, run: made.run, kind, refusals, results: resultsOf(made.outcome) };
  }
}

/** @param file a line of JSON a trial; a line that is not whole counts as not there, which costs time only */
export function readTrials(file: string): Trial[] {
  return linesOf(file).flatMap((line) => {
    try {
      const trial = JSON.parse(line) as Partial<Trial>;
      return typeof trial.inputs === 'string' && Array.isArray(trial.results) ? [trial as Trial] : [];
    } catch {
      return [];
    }
  });
}

export function keepTrial(file: string, trial: Trial): void {
  mkdirSync(dirname(file), { recursive: true });
  appendFileSync(file, `${JSON.stringify(trial)}\n`);
}

function linesOf(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').split('\n');
  } catch {
    return [];
  }
}
