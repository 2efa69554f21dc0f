import type { Stretch } from './critical-path.ts';

/** The axis of a waterfall, from 0 to 1. */
export interface TimeAxis {
  /** Where a moment, epoch ms, lies. */
  readonly at: (ms: number) => number;
  /** Stretches in which nothing was done, drawn much shorter than they were. */
  readonly cuts: readonly (Stretch & { readonly at: number })[];
}

/** Idle so many times as long as all that was done is cut: a job that waits in a queue would leave nothing to be seen. */
const IDLE_TIMES = 3;
/** Share of the axis that is left of it. */
const CUT_SHARE = 0.04;

/** @param busy what was done, in any order, overlapping or not */
export function timeAxis({ fromMs, toMs }: Stretch, busy: readonly Stretch[]): TimeAxis {
  const idle = idleIn({ fromMs, toMs }, busy);
  const busyMs = toMs - fromMs - total(idle);
  const cut = idle.filter((stretch) => lengthOf(stretch) > IDLE_TIMES * busyMs && busyMs > 0);
  const perMs = (1 - CUT_SHARE * cut.length) / Math.max(1e-6, toMs - fromMs - total(cut));
  const at = (ms: number): number => {
    let place = 0;
    let sinceMs = fromMs;
    for (const stretch of cut) {
      if (ms <= stretch.fromMs) break;
      place += (stretch.fromMs - sinceMs) * perMs;
      sinceMs = stretch.toMs;
      if (ms < stretch.toMs) return place + (CUT_SHARE * (ms - stretch.fromMs)) / lengthOf(stretch);
      place += CUT_SHARE;
    }
    return place + (ms - sinceMs) * perMs;
  };
  return { at, cuts: cut.map((stretch) => ({ ...stretch, at: at(stretch.fromMs) })) };
}

/** Where nothing goes on, between the first and the last moment. */
function idleIn({ fromMs, toMs }: Stretch, busy: readonly Stretch[]): Stretch[] {
  const idle: Stretch[] = [];
  let untilMs = fromMs;
  for (const stretch of busy.toSorted((a, b) => a.fromMs - b.fromMs)) {
    if (stretch.fromMs > untilMs) idle.push({ fromMs: untilMs, toMs: Math.min(toMs, stretch.fromMs) });
    untilMs = Math.max(untilMs, stretch.toMs);
  }
  return idle;
}

function total(stretches: readonly Stretch[]): number {
  return stretches.reduce((sum, stretch) => sum + lengthOf(stretch), 0);
}

function lengthOf({ fromMs, toMs }: Stretch): number {
  return toMs - fromMs;
}
