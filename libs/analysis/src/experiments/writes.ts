import { milliseconds } from '../format.ts';
import type { Experiment } from './experiment.ts';
import { actionOf, count, steadyOf, unseen, type Of } from './of.ts';
import type { ActionResult, Observed } from './observed.ts';
import type { ExpectationResult, ExperimentOutcome } from './outcome.ts';

const SHOWN = 10;

/** Below so many, the middle is anybody's. */
const LEAST_WRITES = 20;

/** What a guarantee costs who writes. */
export function slowerWrites({ phase, than }: Of<'slower-writes'>, observed: Observed): ExpectationResult {
  const about = `a write takes longer: ${phase} against ${than}`;
  const expected = 'more in the middle';
  const [own, other] = [latenciesIn(observed, phase), latenciesIn(observed, than)];
  if (Math.min(own.length, other.length) < LEAST_WRITES)
    return unseen(about, expected, `${own.length} and ${other.length} writes: too few to tell`);
  const [ms, thanMs] = [at(own, 0.5), at(other, 0.5)];
  return {
    about,
    expected,
    measured: `${milliseconds(ms)} ms against ${milliseconds(thanMs)} ms`,
    holds: ms > thanMs,
    details: [],
    values: { ms, thanMs },
  };
}

/** Latency of writes by phase, where an experiment compares them. */
export function writesTable(experiment: Experiment, observed: Observed): ExperimentOutcome['table'] {
  if (!experiment.expectations.some((one) => one.kind === 'slower-writes')) return null;
  return {
    head: ['', 'writes', 'p50 ms', 'p95 ms'],
    rows: observed.phases.map(({ name }) => {
      const all = latenciesIn(observed, name);
      return [
        name,
        count(all.length),
        ...(all.length < LEAST_WRITES ? ['–', '–'] : [milliseconds(at(all, 0.5)), milliseconds(at(all, 0.95))]),
      ];
    }),
  };
}

/** ms from the due time, ascending, of writes that were taken once the phase's actions had had their effect. */
function latenciesIn(observed: Observed, phase: string): number[] {
  const steady = steadyOf(observed, phase);
  if (steady === null) return [];
  return observed.requests
    .filter(({ write, failed, dueMs }) => write === true && !failed && dueMs >= steady.startMs && dueMs < steady.endMs)
    .map(({ dueMs, endMs }) => endMs - dueMs)
    .sort((a, b) => a - b);
}

function at(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

/** How long nobody could write after a kill. */
export function writesResume({ withinMs }: Of<'writes-resume'>, observed: Observed): ExpectationResult {
  const about = 'writes are taken again';
  const expected = `within ${count(withinMs)} ms of the kill`;
  const killed = actionOf(observed, 'kill');
  if (killed === null) return unseen(about, expected, 'there was no kill');
  // What was due before it may have been answered before it.
  const taken = observed.requests.filter((request) => request.write === true && !request.failed && request.dueMs > killed.endedMs);
  if (taken.length === 0) return unseen(about, expected, 'no write was taken any more');
  const withoutMs = Math.min(...taken.map((request) => request.endMs)) - killed.beganMs;
  return {
    about,
    expected,
    measured: `the first one after ${count(Math.round(withoutMs))} ms`,
    holds: withoutMs <= withinMs,
    details: [],
    values: { withoutMs },
  };
}

/** What was promised and is gone with the primary. */
export function lostWrites({ most }: Of<'lost-writes'>, observed: Observed): ExpectationResult {
  const about = 'acknowledged writes lost with the primary';
  const expected = most === null ? 'counted and listed' : `at most ${count(most)}`;
  const counted = countsOf(observed)[0];
  if (counted === undefined || counted.promised === 0) return unseen(about, expected, 'nothing had been written');
  const { promised, missing } = counted;
  return {
    about,
    expected,
    measured: `${count(missing.length)} of ${count(promised)} lost`,
    holds: most === null || missing.length <= most,
    details: shown(missing),
    values: { lost: missing.length, promised },
  };
}

/** After the recovery only what it has listed is missing. */
export function restoredWrites(observed: Observed): ExpectationResult {
  const about = 'lost writes are restored from the old primary';
  const expected = 'nothing is missing but what is listed';
  const recovered = resultsOf(observed, 'recovered')[0];
  const [before, after] = countsOf(observed);
  if (recovered === undefined || before === undefined || after === undefined) return unseen(about, expected, 'nothing was recovered');
  const unlisted = after.missing.filter((row) => !recovered.conflicts.includes(row));
  const back = before.missing.filter((row) => !after.missing.includes(row)).length;
  return {
    about,
    expected,
    measured: `${count(back)} of ${count(before.missing.length)} are back, ${count(after.missing.length)} listed as lost`,
    holds: unlisted.length === 0,
    details: shown(unlisted),
    values: { back, missing: after.missing.length, unlisted: unlisted.length, restored: recovered.restored },
  };
}

function resultsOf<Kind extends ActionResult['kind']>({ actions }: Observed, kind: Kind): Extract<ActionResult, { kind: Kind }>[] {
  return actions.flatMap(({ result }) => (result.kind === kind ? [result as Extract<ActionResult, { kind: Kind }>] : []));
}

const countsOf = (observed: Observed): Extract<ActionResult, { kind: 'counted' }>[] => resultsOf(observed, 'counted');

function shown(rows: readonly string[]): string[] {
  return rows.length <= SHOWN ? [...rows] : [...rows.slice(0, SHOWN), `and ${count(rows.length - SHOWN)} more`];
}
