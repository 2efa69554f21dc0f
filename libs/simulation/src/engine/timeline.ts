/** Simulated time, ms, and what happens in it: a binary heap of events by time. */
export class Timeline {
  now = 0;
  readonly #times: number[] = [];
  readonly #actions: (() => void)[] = [];

  /** Does something at a time; not before now. */
  at(timeMs: number, action: () => void): void {
    const times = this.#times;
    const actions = this.#actions;
    let hole = times.length;
    times.push(timeMs);
    actions.push(action);
    while (hole > 0) {
      const parent = (hole - 1) >> 1;
      if ((times[parent] as number) <= timeMs) break;
      times[hole] = times[parent] as number;
      actions[hole] = actions[parent] as () => void;
      hole = parent;
    }
    times[hole] = timeMs;
    actions[hole] = action;
  }

  after(ms: number, action: () => void): void {
    this.at(this.now + ms, action);
  }

  /** Lets everything happen that is due up to and with a time. */
  runUntil(timeMs: number): void {
    while (this.#times.length > 0 && (this.#times[0] as number) <= timeMs) this.#step();
    this.now = Math.max(this.now, timeMs);
  }

  #step(): void {
    const times = this.#times;
    const actions = this.#actions;
    const action = actions[0] as () => void;
    this.now = Math.max(this.now, times[0] as number);
    const lastTime = times.pop() as number;
    const lastAction = actions.pop() as () => void;
    const size = times.length;
    if (size > 0) {
      let hole = 0;
      for (;;) {
        let child = 2 * hole + 1;
        if (child >= size) break;
        if (child + 1 < size && (times[child + 1] as number) < (times[child] as number)) child += 1;
        if ((times[child] as number) >= lastTime) break;
        times[hole] = times[child] as number;
        actions[hole] = actions[child] as () => void;
        hole = child;
      }
      times[hole] = lastTime;
      actions[hole] = lastAction;
    }
    action();
  }
}
