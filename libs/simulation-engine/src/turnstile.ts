import type { Timeline } from './timeline.ts';

interface Waiter {
  readonly askedMs: number;
  readonly admitted: () => void;
  readonly refused: (() => void) | null;
}

/** A limited number of places that are held for a while: a connection pool, proxy slots, a lock, a disk. First come, first served. */
export class Turnstile {
  inUse = 0;
  acquisitions = 0;
  waitMs = 0;
  #limit: number;
  readonly #timeline: Timeline;
  readonly #patienceMs: number;
  #waiters: Waiter[] = [];
  #head = 0;
  #heldMs = 0;

  /** @param patienceMs who waited longer than this is refused when its turn comes */
  constructor(timeline: Timeline, limit: number, patienceMs = Number.POSITIVE_INFINITY) {
    this.#timeline = timeline;
    this.#limit = limit;
    this.#patienceMs = patienceMs;
  }

  get waiting(): number {
    return this.#waiters.length - this.#head;
  }

  /** Time places were held, of those given back: as the site and the proxy count it, ms. */
  get heldMs(): number {
    return this.#heldMs;
  }

  take(admitted: () => void, refused: (() => void) | null = null): void {
    if (this.inUse < this.#limit) this.#admit(this.#timeline.now, admitted);
    else this.#waiters.push({ askedMs: this.#timeline.now, admitted, refused });
  }

  give(takenMs: number): void {
    this.inUse -= 1;
    this.#heldMs += this.#timeline.now - takenMs;
    this.#next();
  }

  /** So many places from now on; those that are held beyond it are not given again. */
  resize(limit: number): void {
    this.#limit = limit;
    this.#next();
  }

  #next(): void {
    while (this.#head < this.#waiters.length && this.inUse < this.#limit) {
      const next = this.#waiters[this.#head] as Waiter;
      this.#head += 1;
      if (this.#head > 500) {
        this.#waiters = this.#waiters.slice(this.#head);
        this.#head = 0;
      }
      if (next.refused !== null && this.#timeline.now - next.askedMs > this.#patienceMs) next.refused();
      else this.#admit(next.askedMs, next.admitted);
    }
  }

  #admit(askedMs: number, admitted: () => void): void {
    this.inUse += 1;
    this.acquisitions += 1;
    this.waitMs += this.#timeline.now - askedMs;
    admitted();
  }
}
