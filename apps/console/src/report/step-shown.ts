import { moduleOf } from '@loadstair/resources';
import { findOnset, type RunData } from '@loadstair/analysis';
import { NOTHING_YET, type LiveState } from '@loadstair/runs/live-state';

/** The step whose use the picture of a report shows: the first that failed, else the last that was offered. */
export interface StepShown {
  readonly index: number;
  readonly offered: number;
  /** As a live page would have had it. */
  readonly run: LiveState;
}

export function stepShown(run: RunData): StepShown | null {
  const onset = findOnset(run);
  const step = onset === null ? run.steps.findLast(({ kind }) => kind === 'load') : run.steps[onset.step];
  if (step === undefined) return null;
  const use = run.resources
    .filter(({ kind }) => moduleOf(kind).prominence !== 'verdict')
    .flatMap(({ id, host, kind, limit }) => {
      const found = step.use.find(({ resource }) => resource === id);
      return found === undefined ? [] : [{ host, kind, busy: found.busy, limit }];
    });
  const seconds = (step.endMs - step.startMs) / 1000;
  const now: LiveState['now'] = {
    type: 'live',
    atMs: step.endMs,
    step: step.index,
    elapsedS: seconds,
    startedPerS: step.load.started / seconds,
    achievedPerS: step.load.completed / seconds,
    lateP99Ms: step.load.lateness.p99Ms,
    dropped: step.load.dropped,
    closest: [],
    use,
    latency: null,
    verdictInS: 0,
  };
  return { index: step.index, offered: step.offered, run: { ...NOTHING_YET, now } };
}
