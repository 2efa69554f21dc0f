import type { OutcomeTimeline } from '@loadstair/experiments/outcome';

/** Part of a timeline that is looked at; epoch ms. */
export interface TimeWindow {
  readonly fromMs: number;
  readonly toMs: number;
}

/** One slice of a timeline with all that is known of it; rates are per second. */
export interface Slice {
  readonly startMs: number;
  readonly endMs: number;
  readonly requests: number;
  readonly failed: number;
  readonly failedPerS: number;
  readonly completedPerS: number;
  readonly medianMs: number | null;
  readonly quantileMs: number | null;
}

/** The whole time of load. */
export function wholeOf({ startMs, sliceS, requests }: OutcomeTimeline): TimeWindow {
  return { fromMs: startMs, toMs: startMs + requests.length * sliceS * 1000 };
}

/** Slices that lie in a window, those at its edges included. */
export function slicesIn(timeline: OutcomeTimeline, { fromMs, toMs }: TimeWindow): Slice[] {
  const { startMs, sliceS } = timeline;
  const lengthMs = sliceS * 1000;
  return timeline.requests.flatMap((requests, index) => {
    const beganMs = startMs + index * lengthMs;
    if (beganMs >= toMs || beganMs + lengthMs <= fromMs) return [];
    const failed = timeline.failed[index] ?? 0;
    return [
      {
        startMs: beganMs,
        endMs: beganMs + lengthMs,
        requests,
        failed,
        failedPerS: failed / sliceS,
        completedPerS: (timeline.completed[index] ?? 0) / sliceS,
        medianMs: timeline.medianMs[index] ?? null,
        quantileMs: timeline.quantileMs[index] ?? null,
      },
    ];
  });
}
