import type { CpuHost } from './cpu-host.ts';
import type { Timeline } from './timeline.ts';
import { Turnstile } from './turnstile.ts';

/** One device that does one thing at a time. Commits that come while a flush waits for its turn share it, as PostgreSQL's do. */
export class Disk {
  bytesRead = 0;
  bytesWritten = 0;
  readonly #timeline: Timeline;
  readonly #host: CpuHost;
  readonly #arm: Turnstile;
  #nextFlush: (() => void)[] | null = null;

  constructor(timeline: Timeline, host: CpuHost) {
    this.#timeline = timeline;
    this.#host = host;
    this.#arm = new Turnstile(timeline, 1);
  }

  read(ms: number, bytes: number, done: () => void): void {
    this.#host.waitForDisk(1);
    this.#arm.take(() => {
      const takenMs = this.#timeline.now;
      this.#timeline.after(ms, () => {
        this.bytesRead += bytes;
        this.#host.waitForDisk(-1);
        this.#arm.give(takenMs);
        done();
      });
    });
  }

  flush(ms: number, bytes: number, done: () => void): void {
    this.#host.waitForDisk(1);
    if (this.#nextFlush !== null) {
      this.#nextFlush.push(done);
      return;
    }
    const group = [done];
    this.#nextFlush = group;
    this.#arm.take(() => {
      const takenMs = this.#timeline.now;
      this.#nextFlush = null;
      this.#timeline.after(ms, () => {
        this.bytesWritten += bytes * group.length;
        this.#arm.give(takenMs);
        for (const one of group) {
          this.#host.waitForDisk(-1);
          one();
        }
      });
    });
  }
}
