import { replayDelayMs } from '@loadstair/components/declarations';
import { isReplica, type PlacedHost, type Topology } from '@loadstair/topology';
import type { Chance } from '../engine/chance.ts';
import type { CpuHost, Program } from '../engine/cpu-host.ts';
import { Disk } from '../engine/disk.ts';
import type { Timeline } from '../engine/timeline.ts';
import { Turnstile } from '../engine/turnstile.ts';
import type { SiteModel } from './model.ts';
import type { QueryCost } from './requests.ts';

const UNLOCK_MS = 0.03;
const PAGE_BYTES = 8192;
/** What a commit writes to the log: its rows, now and then a whole page. */
export const LOG_BYTES = 2048;

/** One PostgreSQL: its queries, its disk, its locks; a replica replays what the primary wrote on a process of its own. */
export class DatabaseServer {
  readonly host: PlacedHost;
  readonly disk: Disk;
  readonly locks: Turnstile;
  /** Null on a primary. */
  readonly replay: Program | null;
  /** Queries it is busy with, waiting ones too. */
  activeQueries = 0;
  writtenBytes = 0;
  replayedBytes = 0;
  readonly #timeline: Timeline;
  readonly #chance: Chance;
  readonly #model: SiteModel;
  readonly #queries: Program;

  constructor(
    world: { timeline: Timeline; chance: Chance; model: SiteModel },
    topology: Topology,
    host: PlacedHost,
    cpu: CpuHost,
    queries: Program,
  ) {
    this.host = host;
    this.#timeline = world.timeline;
    this.#chance = world.chance;
    this.#model = world.model;
    this.#queries = queries;
    this.disk = new Disk(world.timeline, cpu);
    this.locks = new Turnstile(world.timeline, 1);
    this.replay = isReplica(topology, { name: host.tier }) ? cpu.add(1, 0) : null;
  }

  /** @param committed called when a write is on disk */
  query(query: QueryCost, last: boolean, committed: () => void, done: () => void): void {
    const { hotRow, dbCost, missShare, readMs } = this.#model;
    // Nobody writes to a replica.
    const hot = last && hotRow !== null && this.replay === null && this.#chance.share() < hotRow.share;
    const end = (): void => {
      this.activeQueries -= 1;
      done();
    };
    const flush = (then: () => void): void =>
      this.disk.flush(this.#model.flushMs * this.#chance.spread(0.4), PAGE_BYTES, () => {
        this.writtenBytes += LOG_BYTES;
        committed();
        then();
      });
    const locked = (): void => {
      if (!hot || hotRow === null) {
        if (query.writes) flush(end);
        else end();
        return;
      }
      this.locks.take(() => {
        const takenMs = this.#timeline.now;
        this.#later(hotRow.holdMs, () =>
          flush(() =>
            // Letting go of the lock takes CPU, and so waits when the host is stopped.
            this.#queries.do(UNLOCK_MS, () => {
              this.locks.give(takenMs);
              end();
            }),
          ),
        );
      });
    };
    this.activeQueries += 1;
    this.#queries.do(query.dbMs * dbCost * this.#chance.spread(query.cv), () => {
      if (missShare > 0 && this.#chance.share() < missShare) this.disk.read(readMs * this.#chance.spread(0.5), PAGE_BYTES, locked);
      else locked();
    });
  }

  /** What the primary wrote comes at once, and is replayed in order, on purpose not before its delay is over. */
  follow(): void {
    const { replay } = this;
    if (replay === null) return;
    this.writtenBytes += LOG_BYTES;
    this.#later(replayDelayMs(this.host.tierSpec), () =>
      replay.do(this.#model.replayMs, () => {
        this.replayedBytes += LOG_BYTES;
      }),
    );
  }

  /** Its own work between queries. */
  lumps(): void {
    const { everyMs, cpuMs } = this.#model.lumps;
    this.#timeline.after(everyMs * this.#chance.between(0.4, 1.6), () => {
      this.#queries.do(cpuMs * this.#chance.spread(0.6), () => {});
      this.lumps();
    });
  }

  #later(ms: number, action: () => void): void {
    if (ms > 0) this.#timeline.after(ms, action);
    else action();
  }
}
