import type { Chance } from '../engine/chance.ts';
import type { CpuHost, Program } from '../engine/cpu-host.ts';
import type { Timeline } from '../engine/timeline.ts';
import { Turnstile } from '../engine/turnstile.ts';
import type { SiteModel } from './model.ts';

/** Work that a web server accepts with an answer and does after it, a few jobs at a time. */
export class JobQueue {
  readonly accepted: string[] = [];
  readonly finished: string[] = [];
  readonly #host: string;
  readonly #timeline: Timeline;
  readonly #jobs: NonNullable<SiteModel['jobs']>;
  readonly #workers: Turnstile;
  readonly #program: Program;
  /** Moment at which each unfinished job was accepted, the oldest first. */
  readonly #open = new Map<string, number>();

  constructor(host: string, timeline: Timeline, cpu: CpuHost, jobs: NonNullable<SiteModel['jobs']>) {
    this.#host = host;
    this.#timeline = timeline;
    this.#jobs = jobs;
    this.#workers = new Turnstile(timeline, jobs.workers);
    this.#program = cpu.add(1, 0);
  }

  /** A request was answered: some make a job. Gives that it was answered. */
  answered(chance: Chance): true {
    if (chance.share() < this.#jobs.share) this.#accept();
    return true;
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

/** Null where nothing is done after its answer. */
export function jobQueue(host: string, timeline: Timeline, cpu: CpuHost, jobs: SiteModel['jobs']): JobQueue | null {
  return jobs === null ? null : new JobQueue(host, timeline, cpu, jobs);
}
