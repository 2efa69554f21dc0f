import { Turnstile, type Disk, type Program } from '@loadstair/simulation-engine';
import { groupOf, isReplica, isReplicated, primaryOf, replicasOf } from '@loadstair/topology';
import { NOTHING_READ, type SoftReading } from '../soft-reading.ts';
import type {
  AboutDemand,
  SimulatedComponent,
  SimulatedContext,
  SimulatedQuery,
  SimulatedServer,
  SqlDemand,
  SqlServer,
  WalFollower,
} from '../simulated.ts';
import { connectionsOf, replayDelayMs } from './declaration.ts';

export interface PostgresModel {
  /** Multiplies the CPU cost of queries. */
  readonly cost: number;
  readonly wakeMs: number;
  /** Its own work (checkpoints, autovacuum) comes in lumps, on who takes writes. */
  readonly lumps: { readonly everyMs: number; readonly cpuMs: number };
  /** A flush of the log, and a read that memory did not have. */
  readonly flushMs: number;
  readonly readMs: number;
  /** CPU time a replica takes to replay a commit. */
  readonly replayMs: number;
  /** Share of queries that must read from disk. */
  readonly missShare: number;
  /** Every request with queries writes one hot row in the same transaction, with this chance, and holds its lock so long besides the flush. */
  readonly hotRow: { readonly share: number; readonly holdMs: number } | null;
}

/** Sessions that work at once: as many as the machine has cores. */
const SESSIONS_AT_ONCE = 2;
const UNLOCK_MS = 0.03;
const PAGE_BYTES = 8192;
/** What a commit writes to the log: its rows, now and then a whole page. */
const LOG_BYTES = 2048;

/** A database server: its queries, its disk, its locks; a replica replays what the primary wrote on a process of its own. */
export const simulatedPostgres: SimulatedComponent<PostgresModel> = {
  healthy: {
    cost: 1,
    wakeMs: 0.15,
    lumps: { everyMs: 25_000, cpuMs: 25 },
    flushMs: 1.5,
    readMs: 0.3,
    replayMs: 0.06,
    missShare: 0,
    hotRow: null,
  },
  threads: ({ wakeMs }) => ({ atOnce: SESSIONS_AT_ONCE, wakeMs }),
  start: (context, model) => new SimulatedPostgres(context, model),
  demand: ({ sql }, about, model) => ({ cpuMs: sql === undefined ? 0 : cpuMsOf(sql, about, model), asks: {} }),
  scaled: (model, { cost, wakes }) => ({ ...model, cost: model.cost * cost, wakeMs: model.wakeMs * cost * wakes }),
};

/** Where replicas answer the reads, each of them replays every commit besides. */
function cpuMsOf(sql: SqlDemand, { topology, tier, hosts, wakesLeft }: AboutDemand, model: PostgresModel): number {
  const lumpsMs = 0.001 * model.lumps.cpuMs;
  if (isReplica(topology, { name: tier }))
    return sql.readMs * model.cost + wakesLeft * sql.readQueries * model.wakeMs + hosts * sql.writes * model.replayMs;
  if (isReplicated(topology, { name: tier })) return sql.primaryMs * model.cost + wakesLeft * sql.primaryQueries * model.wakeMs + lumpsMs;
  return (sql.primaryMs + sql.readMs) * model.cost + wakesLeft * (sql.primaryQueries + sql.readQueries) * model.wakeMs + lumpsMs;
}

class SimulatedPostgres implements SimulatedServer, SqlServer, WalFollower {
  readonly serves = { sql: this, wal: this };
  readonly #context: SimulatedContext;
  readonly #program: Program;
  readonly #model: PostgresModel;
  readonly #disk: Disk;
  readonly #locks: Turnstile;
  /** Null on a primary. */
  readonly #replay: Program | null;
  readonly #delayMs: number;
  #followers: readonly WalFollower[] = [];
  /** Queries it is busy with, waiting ones too. */
  #queries = 0;
  #connections = 0;
  #writtenBytes = 0;
  #replayedBytes = 0;

  constructor(context: SimulatedContext, model: PostgresModel) {
    const { world, host, cpu, disk, program } = context;
    this.#context = context;
    this.#program = program;
    this.#model = model;
    this.#disk = disk;
    this.#locks = new Turnstile(world.timeline, 1);
    const group = groupOf(world.placement.topology, host.tier);
    const follows = group !== null && primaryOf(world.placement, group.name).name !== host.name;
    this.#replay = follows ? cpu.add(1, 0) : null;
    this.#delayMs = replayDelayMs(host.tierSpec);
    if (!follows) this.#lumps();
  }

  get usedMs(): number {
    return this.#program.usedMs + (this.#replay?.usedMs ?? 0);
  }

  get busyWith(): number {
    return this.#queries;
  }

  membersChanged(): void {
    const { world, host } = this.#context;
    const group = groupOf(world.placement.topology, host.tier);
    if (this.#replay !== null || group === null) return;
    this.#followers = replicasOf(world.placement, group.name).map((replica) => world.serving(replica, 'wal'));
  }

  connect(): boolean {
    if (this.#connections >= connectionsOf(this.#context.host.tierSpec)) return false;
    this.#connections += 1;
    return true;
  }

  query(query: SimulatedQuery, last: boolean, done: () => void): void {
    const { chance, timeline } = this.#context.world;
    const { hotRow, cost, missShare, readMs } = this.#model;
    // Nobody writes to a replica.
    const hot = last && hotRow !== null && this.#replay === null && chance.share() < hotRow.share;
    const end = (): void => {
      this.#queries -= 1;
      done();
    };
    const locked = (): void => {
      if (!hot || hotRow === null) {
        if (query.writes) this.#flush(end);
        else end();
        return;
      }
      this.#locks.take(() => {
        const takenMs = timeline.now;
        this.#later(hotRow.holdMs, () =>
          this.#flush(() =>
            // Letting go of the lock takes CPU, and so waits when the host is stopped.
            this.#program.do(UNLOCK_MS, () => {
              this.#locks.give(takenMs);
              end();
            }),
          ),
        );
      });
    };
    this.#queries += 1;
    this.#program.do(query.dbMs * cost * chance.spread(query.cv), () => {
      if (missShare > 0 && chance.share() < missShare) this.#disk.read(readMs * chance.spread(0.5), PAGE_BYTES, locked);
      else locked();
    });
  }

  #flush(done: () => void): void {
    this.#disk.flush(this.#model.flushMs * this.#context.world.chance.spread(0.4), PAGE_BYTES, () => {
      this.#writtenBytes += LOG_BYTES;
      for (const follower of this.#followers) follower.follow();
      done();
    });
  }

  /** What the primary wrote comes at once, and is replayed in order, on purpose not before its delay is over. */
  follow(): void {
    const replay = this.#replay;
    if (replay === null) return;
    this.#writtenBytes += LOG_BYTES;
    this.#later(this.#delayMs, () =>
      replay.do(this.#model.replayMs, () => {
        this.#replayedBytes += LOG_BYTES;
      }),
    );
  }

  #lumps(): void {
    const { timeline, chance } = this.#context.world;
    const { everyMs, cpuMs } = this.#model.lumps;
    timeline.after(everyMs * chance.between(0.4, 1.6), () => {
      this.#program.do(cpuMs * chance.spread(0.6), () => {});
      this.#lumps();
    });
  }

  read(): Omit<SoftReading, 'atMs'>[] {
    const lock = { ...NOTHING_READ, kind: 'lock', inUse: this.#queries, waiting: this.#locks.waiting } as const;
    const connections = { ...NOTHING_READ, kind: 'connections', inUse: this.#connections } as const;
    if (this.#replay === null) return [lock, connections];
    const replay = { writtenBytes: this.#writtenBytes, behindBytes: this.#writtenBytes - this.#replayedBytes, behindSeconds: null };
    return [lock, connections, { ...NOTHING_READ, kind: 'replay', busySeconds: this.#replay.usedMs / 1000, replay }];
  }

  #later(ms: number, action: () => void): void {
    if (ms > 0) this.#context.world.timeline.after(ms, action);
    else action();
  }
}
