import type { Chance } from './chance.ts';
import type { CpuHost, Program } from './cpu-host.ts';
import type { Timeline } from './timeline.ts';
import { Turnstile } from './turnstile.ts';

export interface Jobs {
  /** Chance that a request makes one. */
  readonly share: number;
  /** CPU time of one, then a wait for somebody, ms. */
  readonly cpuMs: number;
  readonly waitMs: number;
  /** How many are done at a time. */
  readonly workers: number;
}

/** Work that a server accepts with an answer and does after it, a few jobs at a time. */
export class JobQueue {
  readonly accepted: string[] = [];
  readonly finished: string[] = [];
  readonly #host: string;
  readonly #timeline: Timeline;
  readonly #jobs: Jobs;
  readonly #workers: Turnstile;
  readonly #program: Program;
  /** Moment at which each unfinished job was accepted, the oldest first. */
  readonly #open = new Map<string, number>();

  constructor(host: string, timeline: Timeline, cpu: CpuHost, jobs: Jobs) {
    this.#host = host;
    this.#timeline = timeline;
    this.#jobs = jobs;
    this.#workers = new Turnstile(timeline, jobs.workers);
    this.#program = cpu.add(1, 0);
  }

  /** A request was answered: some make a job. */
  answered(chance: Chance): void {
    if (chance.share() < this.#jobs.share) this.#accept();
  }

  #accept(): void {
    const job = `${this.#host}-${this.accepted.length + 1}`;
    this.accepted.push(job);
    this.#open.set(job, this.#timeline.now);
    this.#workers.take(() => {
      const takenMs = this.#timeline.now;
      this.#program.do(this.#jobs.cpuMs, () =>
        this.#timeline.after(this.#jobs.waitMs, () => {
          this.#workers.give(takenMs);
          this.finished.push(job);
          this.#open.delete(job);
        }),
      );
    });
  }

  get unfinished(): string[] {
    return [...this.#open.keys()];
  }

  /** As samplers read it. */
  get work(): { readonly accepted: number; readonly finished: number; readonly unfinished: number; readonly oldestMs: number } {
    const [oldest] = this.#open.values();
    return {
      accepted: this.accepted.length,
      finished: this.finished.length,
      unfinished: this.#open.size,
      oldestMs: oldest === undefined ? 0 : this.#timeline.now - oldest,
    };
  }
}
