import type { LiveState } from '@loadstair/runs/live-state';
import type { LiveStore, LiveView } from '../live/live-store.ts';
import type { Clock } from './clock.ts';

/**
 * A run at the second where a clock stands, for what shows live runs.
 *
 * @param seconds of the run; at least one. A shorter run than the clock's stays at its end.
 */
export function storeAt(clock: Clock, seconds: readonly [LiveState, ...LiveState[]]): LiveStore {
  let at = -1;
  let view: LiveView = viewOf(seconds[0]);
  return {
    get() {
      const second = Math.min(clock.get().second, seconds.length - 1);
      if (second !== at) {
        at = second;
        view = viewOf(seconds[second] ?? seconds[0]);
      }
      return view;
    },
    subscribe: clock.subscribe,
  };
}

function viewOf(run: LiveState): LiveView {
  return { run, connection: { kind: 'done' }, paused: null };
}
