import type { RunEvent } from '@loadstair/runs';
import { advance, NOTHING_YET, type LiveState } from './live-state.ts';

export type Connection = { readonly kind: 'open' } | { readonly kind: 'lost'; readonly sinceMs: number } | { readonly kind: 'done' };

export interface LiveView {
  readonly run: LiveState;
  readonly connection: Connection;
}

/** The state of one run for everything on its page; told at most a few times a second. */
export interface LiveStore {
  get(): LiveView;
  subscribe(listener: () => void): () => void;
}

/** A state that stands still, for what shows live ones. */
export function fixedStore(run: LiveState): LiveStore {
  const view: LiveView = { run, connection: { kind: 'done' } };
  return { get: () => view, subscribe: () => () => {} };
}

const TOGETHER_MS = 100;
/** A stream the browser has given up is opened again after this long. */
const AGAIN_MS = 2000;

/**
 * Follows a run while the tab is seen: a hidden tab has no stream, and takes it up where it left off.
 *
 * @returns the store, and how to end it
 */
export function followRun(run: string): LiveStore & { readonly stop: () => void } {
  let view: LiveView = { run: NOTHING_YET, connection: { kind: 'open' } };
  let source: EventSource | null = null;
  let seen = 0;
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
    set({ run: events.reduce(advance, view.run), connection: view.connection.kind === 'done' ? view.connection : { kind: 'open' } });
  };
  const close = (): void => {
    source?.close();
    source = null;
    clearTimeout(reopening);
  };
  const open = (): void => {
    if (source !== null || view.connection.kind === 'done' || document.hidden) return;
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
  const whenSeen = (): void => (document.hidden ? close() : open());
  document.addEventListener('visibilitychange', whenSeen);
  open();
  return {
    get: () => view,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    stop() {
      document.removeEventListener('visibilitychange', whenSeen);
      clearTimeout(flushing);
      close();
    },
  };
}
