import { capacityOf, findOnset, openSide, trialProblems, type RunData, type StepData } from '@loadstair/analysis';
import { tenth, trialShares } from '@loadstair/load';

/** How often one load is offered again after a trial that could not be trusted. */
const REPEATS = 2;
/** Trials more, while all so far lie on one side of the capacity. */
const FURTHER = 4;
/** The next load when everything has failed, or held: as a share of the lowest that failed, or the highest that held. */
const STEP = { lower: 0.87, higher: 1.13 } as const;

/**
 * Load of the next trial of a search, arrivals/s; null when they are enough. Each is near the capacity as all before it tell it, so that
 * a rough onset that is off costs a trial or two. One that cannot be trusted is offered again; more follow until some held and
 * some failed.
 *
 * @param run the climb, and the trials so far
 * @param seed of the order of loads
 * @param planned loads that are enough when they bracket the capacity
 */
export function nextTrial(run: RunData, seed: number, planned: number): number | null {
  const rough = findOnset(run);
  if (rough === null) return null;
  const trials = run.steps.filter((step) => step.kind === 'trial').toSorted((a, b) => a.startMs - b.startMs);
  const untrusted = untrustedAtEnd(run, trials);
  const last = trials.at(-1);
  if (last !== undefined && untrusted > 0 && untrusted <= REPEATS) return last.offered;
  const shares = trialShares(seed, planned);
  const loads = turnsOf(run, trials);
  const open = openSide(run);
  if (loads >= shares.length + FURTHER || (loads >= shares.length && open === null)) return null;
  if (open !== null) return tenth(STEP[open.side] * open.from);
  return tenth((shares[loads] ?? 1) * (capacityOf(run)?.load ?? rough.load));
}

/** How often the last load has been offered in vain. */
function untrustedAtEnd(run: RunData, trials: readonly StepData[]): number {
  const sameLoad = trials.slice(trials.findLastIndex(({ offered }) => offered !== trials.at(-1)?.offered) + 1);
  const trusted = sameLoad.findLastIndex((step) => trialProblems(run, step).length === 0);
  return sameLoad.length - 1 - trusted;
}

/** Loads that were offered; a load that was offered again counts once. */
function turnsOf(run: RunData, trials: readonly StepData[]): number {
  return trials.filter((step, index) => {
    const before = trials[index - 1];
    return before === undefined || before.offered !== step.offered || trialProblems(run, before).length === 0;
  }).length;
}
