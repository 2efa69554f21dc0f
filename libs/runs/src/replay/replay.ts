import type { RunEvent } from '../events.ts';
import { advance, NOTHING_YET, type LiveState } from './live-state.ts';

/** A run second by second, as its page showed it while it went on. */
export interface Replay {
  /** When load began, epoch ms. */
  readonly startMs: number;
  /** What was shown so many whole seconds after load began; the first is the moment it began. */
  readonly seconds: readonly LiveState[];
  /** What was done to the site or happened to its hosts under load. */
  readonly marks: readonly ReplayMark[];
}

export interface ReplayMark {
  /** Since load began, s. */
  readonly atS: number;
  readonly text: string;
}

/** No run of the lab has load for longer; what somebody brings from elsewhere may say so. */
const MOST_SECONDS = 3 * 3600;

/**
 * The states of a live page, from the events it was built from. What a run came to is left out: a live page learns it last.
 *
 * @param events of a run, in order
 * @returns null where none of them tells of load
 */
export function replayOf(events: readonly RunEvent[]): Replay | null {
  const first = events.find((event) => event.type === 'live');
  if (first === undefined) return null;
  const startMs = first.atMs - 1000 * first.elapsedS;
  const shown = events.filter(({ type }) => type !== 'verdict' && type !== 'outcome' && type !== 'failed');
  const lastMs = shown.findLast(({ type }) => type === 'live' || type === 'step')?.atMs ?? first.atMs;
  const seconds: LiveState[] = [];
  let state = NOTHING_YET;
  let next = 0;
  for (let untilMs = startMs; untilMs < lastMs + 1000 && seconds.length < MOST_SECONDS; untilMs += 1000) {
    for (; next < shown.length; next += 1) {
      const event = shown[next];
      if (event === undefined || event.atMs > untilMs) break;
      state = advance(state, event);
    }
    seconds.push(state);
  }
  const marks = state.notes.filter(({ atMs }) => atMs >= startMs).map(({ atMs, text }) => ({ atS: (atMs - startMs) / 1000, text }));
  return { startMs, seconds, marks };
}
