import type { Runnable } from '@loadstair/labs';
import { recordedOutcome, recordedRun } from '@loadstair/labs/testing';
import type { OpenedRun } from '@loadstair/runs';
import type { Asker } from '../workshop/asker.ts';
import { runningLine, type LabRunner, type RunEnd } from '../workshop/runner.ts';

/** What really ran, by what a lab runs. */
const CLIMBS: Readonly<Record<number, string>> = {
  1: 'stage-1-quick-cpu',
  2: 'stage-2-quick-web-cpu',
  3: 'stage-3-quick-db-cpu',
  4: 'stage-4-quick-replica-cpu',
};

/**
 * Gives the recorded run of whatever is asked for; `instead` goes first.
 *
 * @param runs where they are kept under new ids
 */
export function recordedRunner(runs: Map<string, OpenedRun>, ...instead: (OpenedRun | RunEnd | Error)[]): LabRunner {
  return {
    cannot: () => null,
    says: runningLine,
    async run(action) {
      const first = instead.shift();
      if (first instanceof Error) throw first;
      if (first !== undefined && 'kind' in first) return first;
      const run = first ?? (action.kind === 'run' ? climbOf(action) : recordedOutcome(`${action.experiment.name}-quick`));
      const id = `r${runs.size}`;
      runs.set(id, { ...run, id });
      return { kind: 'ended', run: id };
    },
  };
}

/** As it was recorded; a site that is changed in two ways carries more. */
function climbOf({ stage, set }: Extract<Runnable, { kind: 'run' }>): OpenedRun {
  const run = recordedRun(CLIMBS[stage] ?? '');
  const manifest = { ...run.manifest, set };
  return set.length < 2 ? { ...run, manifest } : { ...carrying(run, 1.6), manifest };
}

/** A recorded run as if its site had carried so many times the load. */
export function carrying(run: OpenedRun, times: number): OpenedRun {
  const { verdict } = run;
  if (verdict.kind !== 'named') throw new Error('The recorded run names no limit.');
  const [low, high] = verdict.interval;
  return { ...run, verdict: { ...verdict, load: times * verdict.load, interval: [times * low, times * high] } };
}

/**
 * A person who is asked, and says these in turn; then leaves.
 *
 * @param write what stands on the screen then
 */
export function personWho(says: readonly string[], write: (text: string) => void): Asker {
  const left = [...says];
  return {
    person: true,
    gives: () => true,
    async ask(_key, prompt) {
      const said = left.shift() ?? null;
      write(`${prompt}${said ?? ''}\n`);
      return said;
    },
  };
}
