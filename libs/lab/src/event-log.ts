/** Events in order, kept from the start, for any number of readers that may come late or leave. */
export interface EventLog<Event> {
  append(event: Event): void;
  /** No more events; readers end after the last one. */
  close(): void;
  /** From event number `since` (0 is the first) to the end of the log. Ends early when the signal aborts. */
  read(since: number, signal: AbortSignal): AsyncGenerator<Event>;
}

export function createEventLog<Event>(): EventLog<Event> {
  const events: Event[] = [];
  const wake = new Set<() => void>();
  let closed = false;
  const wakeAll = (): void => {
    for (const resolve of wake) resolve();
    wake.clear();
  };
  return {
    append(event) {
      events.push(event);
      wakeAll();
    },
    close() {
      closed = true;
      wakeAll();
    },
    async *read(since, signal) {
      let next = since;
      signal.addEventListener('abort', wakeAll, { once: true });
      try {
        while (!signal.aborted) {
          while (next < events.length) {
            yield events[next] as Event;
            next += 1;
            if (signal.aborted) return;
          }
          if (closed) return;
          await new Promise<void>((resolve) => wake.add(resolve));
        }
      } finally {
        // A signal may outlive many readers.
        signal.removeEventListener('abort', wakeAll);
      }
    },
  };
}
