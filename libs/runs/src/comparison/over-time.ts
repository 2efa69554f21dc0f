import type { RunEvent } from '../events.ts';

/** A second of a run under load. */
export interface TimePoint {
  /** Since load began, s. */
  readonly atS: number;
  /** arrivals/s. */
  readonly offered: number;
  readonly achieved: number;
  /** Of the last seconds; null without a request. */
  readonly p95Ms: number | null;
  /** Of the limit that was used most, 0–1. */
  readonly busiest: number;
}

/** What a run did second by second, from what was told while it went on. */
export interface RunOverTime {
  readonly points: readonly TimePoint[];
  /** What was done to it or befell its hosts under load. */
  readonly marks: readonly { readonly atS: number; readonly text: string }[];
}

/** @param events of a run, in order; empty where it has none of load */
export function runOverTime(events: readonly RunEvent[]): RunOverTime {
  const first = events.find((event) => event.type === 'live');
  if (first === undefined) return { points: [], marks: [] };
  const startMs = first.atMs - 1000 * first.elapsedS;
  const secondsOf = (atMs: number): number => (atMs - startMs) / 1000;
  let offered = 0;
  const points: TimePoint[] = [];
  const marks: { atS: number; text: string }[] = [];
  for (const event of events) {
    if (event.type === 'step-started') offered = event.kind === 'idle' ? 0 : event.offered;
    if (event.type === 'live')
      points.push({
        atS: secondsOf(event.atMs),
        offered,
        achieved: event.achievedPerS,
        p95Ms: event.latency?.p95Ms ?? null,
        busiest: Math.max(0, ...event.use.map(({ busy }) => busy)),
      });
    if (event.type === 'action' && event.atMs >= startMs) marks.push({ atS: secondsOf(event.atMs), text: event.text });
  }
  return { points, marks };
}
