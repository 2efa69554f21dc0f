import TinyQueue from 'tinyqueue';

interface Event {
  readonly atMs: number;
  readonly happen: () => void;
}

/** Simulated time, ms, and what happens in it. */
export class Timeline {
  now = 0;
  readonly #events = new TinyQueue<Event>([], (a, b) => a.atMs - b.atMs);

  /** Does something at a time; not before now. */
  at(timeMs: number, action: () => void): void {
    this.#events.push({ atMs: timeMs, happen: action });
  }

  after(ms: number, action: () => void): void {
    this.at(this.now + ms, action);
  }

  /** Lets everything happen that is due up to and with a time. */
  runUntil(timeMs: number): void {
    for (let next = this.#events.peek(); next !== undefined && next.atMs <= timeMs; next = this.#events.peek()) {
      this.#events.pop();
      this.now = Math.max(this.now, next.atMs);
      next.happen();
    }
    this.now = Math.max(this.now, timeMs);
  }
}
