import { failsClearly, stepHolds, type Slo, type StepData, type StepVerdict } from '@loadstair/analysis';
import { stepLoad, type LoadSteps, type PlannedStep } from '@loadstair/load';
import type { MeasuredStep } from './build-run-data.ts';

/** After a step's end, slow answers may still come; then the step is judged. */
export const JUDGE_AFTER_MS = 400;
/** Between a climb and what follows it, queues may empty for so long. */
export const DRAIN_MS = 12_000;
/** Two failing steps in a row are no chance. */
const FAILING_IN_A_ROW = 2;
/** A step back is only to see whether the site recovers. */
const MOST_BACK_S = 12;

/** How a climb goes, whoever offers its steps: the lab, or a simulation of it. */
export interface Climb {
  /** Takes the verdict on the step that has just ended; whether the climb is over. */
  judged(verdict: StepVerdict): boolean;
  /** Whether a step failed as it ended. */
  failed(): boolean;
  /** Whether it is known where the site fails, as far as steps that have ended tell: the last one clearly, or two in a row. */
  isOver(): boolean;
}

export function startClimb(endsAfter: LoadSteps['endsAfter'], slo: Slo): Climb {
  let failing = 0;
  let failed = false;
  let clearly = false;
  return {
    judged(verdict) {
      failing = verdict.holds ? 0 : failing + 1;
      clearly = failsClearly(verdict, slo);
      if (!verdict.holds) failed = true;
      if (endsAfter === null) return false;
      return failing >= FAILING_IN_A_ROW || (endsAfter === 'clear-failure' && clearly);
    },
    failed: () => failed,
    isOver: () => clearly || failing >= FAILING_IN_A_ROW,
  };
}

/**
 * Load of the last of these steps that holds, arrivals/s; null when none does. A climb judges a step as it ends. Answers that come later
 * may show that it failed, so whether the climb must go down is asked once all of them have come.
 */
export function lastThatHolds(steps: readonly StepData[], slo: Slo): number | null {
  return steps.findLast((step) => stepHolds(step, slo).holds)?.offered ?? null;
}

/** The step back down after a climb that failed. */
export function stepBack(back: NonNullable<LoadSteps['back']>, lastHeld: number, index: number): PlannedStep {
  return {
    index,
    kind: 'back',
    rate: Math.max(0.1, Math.round(lastHeld * back.share * 10) / 10),
    holdS: Math.min(back.holdS, MOST_BACK_S),
    settleS: back.settleS,
  };
}

/** A stretch in which nothing was offered: what hosts used then is not load's doing. Times in epoch ms. */
export function idleStep(startMs: number, endMs: number): MeasuredStep {
  const step: PlannedStep = { index: 0, kind: 'load', rate: 0, holdS: (endMs - startMs) / 1000, settleS: 0 };
  const record = { rows: [], late: new Map<number, number>(), beganMs: startMs, asOfMs: endMs };
  return {
    index: 0,
    kind: 'idle',
    offered: 0,
    startMs,
    endMs,
    load: stepLoad(record, { seed: 0, journeys: {} }, step, { startMs, endMs }),
  };
}
