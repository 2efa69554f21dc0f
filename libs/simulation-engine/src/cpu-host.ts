import type { Timeline } from './timeline.ts';

/** CFS bandwidth control as the lab sets it (docs/decisions/simulated-runs-score-the-verdicts.md): period 100 ms, burst = quota. */
export const PERIOD_MS = 100;
const TINY = 1e-9;
/** CPU time of a piece of endless work. */
const LOOP_MS = 5;

/** Work of one thread: CPU time, then, when it blocks, time in which the thread is taken without using CPU. */
interface Job {
  leftMs: number;
  readonly blockMs: number;
  readonly startedMs: number;
  readonly done: (startedMs: number) => void;
  consuming: boolean;
}

/**
 * A program on a host: `lanes` threads that take work in turn. Node and HAProxy have one; PostgreSQL has a process a
 * connection, of which the machine runs as many at once as it has cores.
 */
export class Program {
  readonly queue: { readonly cpuMs: number; readonly blockMs: number; readonly done: (startedMs: number) => void }[] = [];
  head = 0;
  readonly running: Job[] = [];
  usedMs = 0;
  readonly #host: CpuHost;
  readonly #timeline: Timeline;
  readonly lanes: number;
  /** CPU time of waking up from idleness, ms: a busy thread finds the next piece of work without it. */
  readonly wakeMs: number;
  #activeMs = 0;
  #activeSinceMs = -1;

  constructor(host: CpuHost, timeline: Timeline, lanes: number, wakeMs: number) {
    this.#host = host;
    this.#timeline = timeline;
    this.lanes = lanes;
    this.wakeMs = wakeMs;
  }

  /** Queues work. `done` is told when a thread began it, which may be long after it was queued. */
  do(cpuMs: number, done: (startedMs: number) => void, blockMs = 0): void {
    this.queue.push({ cpuMs, blockMs, done });
    this.#host.changed();
  }

  /** Time in which a thread was in the middle of work: running, blocked, or stopped by the quota. */
  get activeMs(): number {
    return this.#activeMs + (this.#activeSinceMs < 0 ? 0 : this.#timeline.now - this.#activeSinceMs);
  }

  get waiting(): number {
    return this.queue.length - this.head;
  }

  /** Gives free threads work. */
  fill(): void {
    while (this.running.length < this.lanes && this.head < this.queue.length) {
      const next = this.queue[this.head] as (typeof this.queue)[number];
      this.head += 1;
      if (this.head > 1000) {
        this.queue.splice(0, this.head);
        this.head = 0;
      }
      if (this.running.length === 0 && this.#activeSinceMs < 0) {
        this.#activeSinceMs = this.#timeline.now;
        this.running.push(this.#job(next, this.wakeMs));
      } else this.running.push(this.#job(next, 0));
    }
    if (this.running.length === 0 && this.#activeSinceMs >= 0) {
      this.#activeMs += this.#timeline.now - this.#activeSinceMs;
      this.#activeSinceMs = -1;
    }
  }

  #job(next: (typeof this.queue)[number], wakeMs: number): Job {
    return { leftMs: next.cpuMs + wakeMs, blockMs: next.blockMs, startedMs: this.#timeline.now, done: next.done, consuming: true };
  }

  end(job: Job): void {
    this.running.splice(this.running.indexOf(job), 1);
  }
}

/** A host: programs under one CPU quota. They run at full speed until it is used up, then all stop until the period ends. */
export class CpuHost {
  readonly programs: Program[] = [];
  periods = 0;
  throttledPeriods = 0;
  /** Time in which something waited for the disk and nothing could run, ms (what PSI calls `io full`). */
  ioFullMs = 0;
  ioWaiting = 0;
  readonly #timeline: Timeline;
  readonly #quotaMs: number;
  readonly #speed: (atMs: number) => number;
  readonly #phaseMs: number;
  #budgetMs: number;
  #period = -1;
  #periodSeen = -1;
  #throttled = false;
  #wasThrottled = false;
  #lastMs = 0;
  #speedNow = 1;
  #plannedMs = -1;
  #handling = false;
  #frozenUntilMs = 0;

  /** @param speed of the machine at a time: CPU work done per CPU time, 1 on an ordinary day */
  constructor(timeline: Timeline, cores: number, speed: (atMs: number) => number, phaseMs: number) {
    this.#timeline = timeline;
    this.#quotaMs = cores * PERIOD_MS;
    this.#budgetMs = 2 * this.#quotaMs;
    this.#speed = speed;
    this.#phaseMs = phaseMs;
  }

  add(lanes: number, wakeMs: number): Program {
    const program = new Program(this, this.#timeline, lanes, wakeMs);
    this.programs.push(program);
    return program;
  }

  /** From now on a program that is nobody's component never stops. */
  occupy(): void {
    const loop = this.add(1, 0);
    const goOn = (): void => loop.do(LOOP_MS, goOn);
    goOn();
  }

  get usedMs(): number {
    return this.programs.reduce((sum, program) => sum + program.usedMs, 0);
  }

  /** Brings the books up to date, for a reading from outside. */
  read(): void {
    this.#advance();
    if (!this.#handling) this.#plan();
  }

  /** Something waits for the disk, or no longer. */
  waitForDisk(change: 1 | -1): void {
    this.#advance();
    this.ioWaiting += change;
    if (!this.#handling) this.#plan();
  }

  /** Nothing runs for a while, whatever the quota says. */
  freeze(ms: number): void {
    this.#advance();
    this.#frozenUntilMs = this.#timeline.now + ms;
    this.#throttled = true;
    this.#plan();
  }

  changed(): void {
    if (this.#handling) return;
    this.#advance();
    this.#handle();
  }

  /** Time passes: running jobs use CPU and budget. Never across the end of a period while something runs. */
  #advance(): void {
    const now = this.#timeline.now;
    const passed = now - this.#lastMs;
    if (passed > 0) {
      let consumers = 0;
      if (!this.#throttled) {
        for (const program of this.programs) {
          for (const job of program.running) {
            if (!job.consuming) continue;
            consumers += 1;
            job.leftMs -= passed * this.#speedNow;
            program.usedMs += passed;
          }
        }
        this.#budgetMs -= consumers * passed;
      }
      if (this.ioWaiting > 0 && consumers === 0) this.ioFullMs += passed;
      this.#lastMs = now;
    }
    const period = Math.floor((now - this.#phaseMs) / PERIOD_MS + TINY);
    if (period > this.#period) {
      this.#budgetMs = Math.min(2 * this.#quotaMs, this.#budgetMs + (period - this.#period) * this.#quotaMs);
      this.#period = period;
      if (this.#wasThrottled) this.throttledPeriods += 1;
      this.#throttled = now < this.#frozenUntilMs;
      this.#wasThrottled = false;
    }
  }

  /** Ends jobs that are done, starts those that wait, and stops all when the budget is used up. */
  #handle(): void {
    this.#handling = true;
    for (let again = true; again;) {
      again = false;
      for (const program of this.programs) {
        program.fill();
        const job = this.#throttled ? undefined : program.running.find((one) => one.consuming && one.leftMs <= TINY);
        if (job === undefined) continue;
        again = true;
        if (job.blockMs > 0) this.#block(program, job);
        else {
          program.end(job);
          job.done(job.startedMs);
          program.fill();
        }
      }
    }
    this.#handling = false;
    this.#plan();
  }

  /** The thread is taken, but uses nothing. */
  #block(program: Program, job: Job): void {
    job.consuming = false;
    this.#timeline.after(job.blockMs, () => {
      this.#advance();
      program.end(job);
      job.done(job.startedMs);
      this.changed();
    });
  }

  /** When to look again: a job is done, the budget is used up, or the period ends. */
  #plan(): void {
    let consumers = 0;
    let least = Number.POSITIVE_INFINITY;
    for (const program of this.programs) {
      for (const job of program.running) {
        if (!job.consuming) continue;
        consumers += 1;
        if (job.leftMs < least) least = job.leftMs;
      }
    }
    if (consumers === 0) return;
    if (this.#periodSeen !== this.#period) {
      this.#periodSeen = this.#period;
      this.periods += 1;
    }
    if (this.#budgetMs <= TINY && !this.#throttled) {
      this.#throttled = true;
      this.#wasThrottled = true;
    }
    const now = this.#timeline.now;
    let next = (this.#period + 1) * PERIOD_MS + this.#phaseMs;
    if (!this.#throttled) {
      this.#speedNow = this.#speed(now);
      next = Math.min(next, now + this.#budgetMs / consumers, now + least / this.#speedNow);
    }
    next = Math.max(now, next);
    // An earlier look that is already planned will plan the next one.
    if (this.#plannedMs >= now && this.#plannedMs <= next) return;
    this.#plannedMs = next;
    this.#timeline.at(next, this.#look);
  }

  readonly #look = (): void => {
    if (this.#timeline.now !== this.#plannedMs) return;
    this.#plannedMs = -1;
    this.#advance();
    this.#handle();
  };
}
