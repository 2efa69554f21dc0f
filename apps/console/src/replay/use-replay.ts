import { useEffect, useState } from 'react';
import type { LiveState } from '@loadstair/runs/live-state';
import { replayOf, type ReplayMark } from '@loadstair/runs/replay';
import { eventsOf } from '../lab/events-of.ts';
import { failureOf, type Failure } from '../lab/lab-error.ts';

/** A run whose seconds are known. */
export interface ReplayedRun {
  readonly seconds: readonly [LiveState, ...LiveState[]];
  readonly marks: readonly ReplayMark[];
}

export type ReplayReading =
  | { readonly state: 'loading' }
  | { readonly state: 'ready'; readonly replay: ReplayedRun }
  /** Nothing was kept second by second. */
  | { readonly state: 'none' }
  | { readonly state: 'failed'; readonly failure: Failure };

/** Reads the events of a run that has ended, once. */
export function useReplay(run: string): ReplayReading {
  const [reading, setReading] = useState<ReplayReading>({ state: 'loading' });
  useEffect(() => {
    const leaving = new AbortController();
    setReading({ state: 'loading' });
    eventsOf(run, leaving.signal).then(
      (events) => {
        const replay = replayOf(events);
        const [first, ...rest] = replay?.seconds ?? [];
        setReading(
          replay === null || first === undefined
            ? { state: 'none' }
            : { state: 'ready', replay: { seconds: [first, ...rest], marks: replay.marks } },
        );
      },
      (error: unknown) => {
        if (!leaving.signal.aborted) setReading({ state: 'failed', failure: failureOf(error) });
      },
    );
    return () => leaving.abort();
  }, [run]);
  return reading;
}
