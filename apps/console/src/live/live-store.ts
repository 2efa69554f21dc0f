import type { RunEvent } from '@loadstair/runs';
import { advance, NOTHING_YET, type LiveState } from '@loadstair/runs/live-state';

export type Connection = { readonly kind: 'open' } | { readonly kind: 'lost'; readonly sinceMs: number } | { readonly kind: 'done' };

/** What is shown stands still, and the run goes on behind it. */
export interface Paused {
  readonly sinceMs: number;
  /** How it ended in the meantime. */
  readonly end: LiveState['end'];
}

export interface LiveView {
  /** What is shown. */
  readonly run: LiveState;
  readonly connection: Connection;
  readonly paused: Paused | null;
}

/** The state of one run for everything on its page; told at most a few times a second. */
export interface LiveStore {
  get(): LiveView;
  subscribe(listener: () => void): () => void;
}

/** A run that is followed. */
export interface FollowedRun extends LiveStore {
  /** What is shown stays as it is; events are taken all the same. */
  pause(): void;
  /** Shows all that came in the meantime. */
  goOn(): void;
  /** Somebody waits for its end elsewhere: it is followed also while the tab is hidden. */
  awaitEnd(): void;
  stop(): void;
}

/** Of what does not change. */
export const NEVER: LiveStore['subscribe'] = () => () => {};

/** A state that stands still, for what shows live ones. */
export function fixedStore(run: LiveState): LiveStore {
  const view: LiveView = { run, connection: { kind: 'done' }, paused: null };
  return { get: () => view, subscribe: NEVER };
}

const TOGETHER_MS = 100;
/** A stream the browser has given up is opened again after this long. */
const AGAIN_MS = 2000;

/**
 * Follows a run while the tab is seen: a hidden tab has no stream, unless its end is awaited, and takes it up where it left off.
 */
export function followRun(run: string): FollowedRun {
  let view: LiveView = { run: NOTHING_YET, connection: { kind: 'open' }, paused: null };
  /** After the last event; what is shown, unless that is paused. */
  let latest: LiveState = NOTHING_YET;
  let source: EventSource | null = null;
  let seen = 0;
  let awaited = false;
  let waiting: RunEvent[] = [];
  let flushing: ReturnType<typeof setTimeout> | undefined;
  let reopening: ReturnType<typeof setTimeout> | undefined;
  const listeners = new Set<() => void>();
  const set = (next: LiveView): void => {
    view = next;
    for (const listener of listeners) listener();
  };
  const flush = (): void => {
    flushing = undefined;
    const events = waiting;
    waiting = [];
    latest = events.reduce(advance, latest);
    const { paused } = view;
    // Nobody is told of what is not shown.
    if (paused !== null && paused.end === latest.end && view.connection.kind !== 'lost') return;
    set({
      run: paused === null ? latest : view.run,
      connection: view.connection.kind === 'done' ? view.connection : { kind: 'open' },
      paused: paused === null ? null : { ...paused, end: latest.end },
    });
  };
  const close = (): void => {
    source?.close();
    source = null;
    clearTimeout(reopening);
  };
  const unseen = (): boolean => document.hidden && !awaited;
  const open = (): void => {
    if (source !== null || view.connection.kind === 'done' || unseen()) return;
    source = new EventSource(`/api/runs/${run}/events?since=${seen}`);
    source.onopen = () => set({ ...view, connection: { kind: 'open' } });
    source.onmessage = (message: MessageEvent<string>) => {
      seen = Number(message.lastEventId);
      waiting.push(JSON.parse(message.data) as RunEvent);
      flushing ??= setTimeout(flush, TOGETHER_MS);
    };
    source.addEventListener('end', () => {
      close();
      flush();
      set({ ...view, connection: { kind: 'done' } });
    });
    source.onerror = () => {
      if (view.connection.kind === 'open') set({ ...view, connection: { kind: 'lost', sinceMs: Date.now() } });
      if (source?.readyState !== EventSource.CLOSED) return;
      close();
      reopening = setTimeout(open, AGAIN_MS);
    };
  };
  const whenSeen = (): void => (unseen() ? close() : open());
  document.addEventListener('visibilitychange', whenSeen);
  open();
  return {
    get: () => view,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    pause() {
      if (view.paused === null) set({ ...view, paused: { sinceMs: Date.now(), end: latest.end } });
    },
    goOn() {
      if (view.paused !== null) set({ ...view, run: latest, paused: null });
    },
    awaitEnd() {
      awaited = true;
    },
    stop() {
      document.removeEventListener('visibilitychange', whenSeen);
      clearTimeout(flushing);
      close();
    },
  };
}
