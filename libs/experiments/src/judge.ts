import type { GateCheck } from '@loadstair/analysis';
import { curveOf } from './curve.ts';
import { expectationsOf, type Experiment } from './experiment.ts';
import type { Observed } from './observed.ts';
import type { ExperimentOutcome, OutcomeTable } from './outcome.ts';
import { timelineOf } from './timeline.ts';

/**
 * Every expectation of an experiment against what was seen. Pure: equal data, equal outcome.
 *
 * @param checks of the validity gate; one with `refuse` makes the outcome `refused`, whatever was measured
 */
export function judge(experiment: Experiment, quick: boolean, observed: Observed, checks: readonly GateCheck[]): ExperimentOutcome {
  const results = expectationsOf(experiment, quick).map((expectation) => expectation.judge(observed));
  const curve = curveOf(experiment.curve, observed);
  const timeline = timelineOf(observed);
  const failed = checks.filter((check) => check.outcome === 'refuse');
  const unseen = results.some((result) => result.holds === null);
  return {
    schema: 1,
    experiment: experiment.name,
    stage: experiment.stage,
    title: experiment.title,
    quick,
    kind: failed.length > 0 || unseen ? 'refused' : results.every((result) => result.holds === true) ? 'held' : 'not-held',
    results,
    checks: failed,
    table: tableOf(experiment, observed),
    ...(curve === null ? {} : { curve }),
    ...(timeline === null ? {} : { timeline }),
  };
}

/** The table of the first expectation that has one. */
function tableOf({ expectations }: Experiment, observed: Observed): OutcomeTable | null {
  for (const expectation of expectations) {
    const table = expectation.table(observed);
    if (table !== null) return table;
  }
  return null;
}
