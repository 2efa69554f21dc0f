import { JobQueue, Turnstile, type Jobs, type Program } from '@loadstair/simulation-engine';
import { groupsQueriedBy, peers, primaryOf, replicasOf, type PlacedHost } from '@loadstair/topology';
import type { CacheUse } from '@loadstair/program/stats';
import { NOTHING_READ, type SoftReading } from '../soft-reading.ts';
import {
  READY_CHECK,
  type AboutDemand,
  type Answer,
  type Asked,
  type HttpServer,
  type SimulatedComponent,
  type SimulatedContext,
  type SimulatedQuery,
  type SimulatedRequest,
  type SimulatedServer,
} from '../simulated.ts';
import { poolOf } from './connections.ts';
import { SimulatedConnections } from './simulated-connections.ts';
import { costOf, isRead, perArrival, type RequestCost } from './simulated-requests.ts';

export interface SiteModel {
  /** Multiplies the CPU cost of requests. */
  readonly cost: number;
  readonly wakeMs: number;
  /** CPU time of a new connection. */
  readonly connectMs: number;
  /** Node collects garbage: the young often, all of it seldom, partly on threads of its own that use the same quota. */
  readonly collection: {
    readonly youngMs: number;
    readonly youngEvery: number;
    readonly fullMs: number;
    readonly helpersMs: number;
    readonly fullEvery: number;
  };
  /** A request blocks Node's thread without CPU (a synchronous wait), with this chance. */
  readonly block: { readonly share: number; readonly ms: number } | null;
  /** Every request with queries keeps its connection this much longer (a call to somebody inside the transaction). */
  readonly idleInTransactionMs: number;
  /** Work that it does after its answers. */
  readonly jobs: Jobs | null;
}

/** The site gives a request up when no connection came free for so long. */
const POOL_PATIENCE_MS = 6_000;
/** Small callbacks: of a query, of giving a connection back, of a lookup. */
const PER_QUERY_MS = 0.03;
const PER_ACQUISITION_MS = 0.01;
const PER_LOOKUP_MS = 0.04;

/** The photo site: one Node process. */
export const simulatedSite: SimulatedComponent<SiteModel> = {
  healthy: {
    cost: 1,
    wakeMs: 0.19,
    connectMs: 0.12,
    collection: { youngMs: 1.6, youngEvery: 25, fullMs: 10, helpersMs: 30, fullEvery: 1500 },
    block: null,
    idleInTransactionMs: 0,
    jobs: null,
  },
  threads: ({ wakeMs }) => ({ atOnce: 1, wakeMs }),
  start: (context, model) => new SimulatedSite(context, model),
  demand,
  scaled: (model, { cost, wakes }) => ({ ...model, cost: model.cost * cost, wakeMs: model.wakeMs * cost * wakes }),
};

function demand({ http }: Asked, { topology, tier, missed, wakesLeft }: AboutDemand, model: SiteModel): { cpuMs: number; asks: Asked } {
  if (http === undefined) return { cpuMs: 0, asks: {} };
  const mix = perArrival(http.journeys);
  const { collection } = model;
  const cached = topology.links.some(({ from, role }) => from === tier && role === 'cache');
  const asked = cached ? missed : 1;
  const lookups = cached ? mix.reads : 0;
  const readQueries = asked * (mix.queries - mix.primaryQueries);
  const queries = mix.primaryQueries + readQueries;
  const acquisitions = mix.acquisitions - mix.reads + asked * mix.reads;
  const gcMs =
    http.requests * (collection.youngMs / collection.youngEvery + (collection.fullMs + collection.helpersMs) / collection.fullEvery);
  const callbacks = queries * PER_QUERY_MS + acquisitions * PER_ACQUISITION_MS + lookups * PER_LOOKUP_MS;
  const wakes = http.requests + queries + lookups;
  return {
    cpuMs:
      (mix.webMs - http.sent * mix.fileMs) * model.cost +
      http.connections * model.connectMs +
      callbacks +
      gcMs +
      wakesLeft * wakes * model.wakeMs,
    asks: {
      sql: {
        acquisitions,
        primaryMs: mix.primaryMs,
        primaryQueries: mix.primaryQueries,
        writes: mix.writes,
        readMs: asked * (mix.dbMs - mix.primaryMs),
        readQueries,
      },
      ...(cached ? { cache: { lookups } } : {}),
    },
  };
}

/** Databases that hold the same rows. */
interface Group {
  readonly primary: PlacedHost;
  readonly replicas: readonly PlacedHost[];
}

type Use = { -readonly [Key in keyof CacheUse]: CacheUse[Key] };

class SimulatedSite implements SimulatedServer, HttpServer {
  readonly serves = { http: this };
  readonly jobs: JobQueue | null;
  readonly #context: SimulatedContext;
  readonly #model: SiteModel;
  readonly #node: Program;
  /** V8's own threads; not in what the event loop or its collections count. */
  readonly #helpers: Program;
  readonly #pool: Turnstile;
  #caches: readonly PlacedHost[] = [];
  readonly #asked: Record<string, Use> = {};
  readonly #given: Record<string, { reads: number; writes: number }> = {};
  readonly #connections = new SimulatedConnections();
  #groups: readonly Group[] = [];
  #gcMs = 0;
  /** Counted from a place in the round of collections. */
  #requests: number;

  constructor(context: SimulatedContext, model: SiteModel) {
    const { world, host, cpu, program } = context;
    this.#context = context;
    this.#model = model;
    this.#node = program;
    this.#helpers = cpu.add(1, 0);
    this.#pool = new Turnstile(world.timeline, poolOf(host.tierSpec), POOL_PATIENCE_MS);
    this.jobs = model.jobs === null ? null : new JobQueue(host.name, world.timeline, cpu, model.jobs);
    this.#requests = world.chance.whole(0, model.collection.fullEvery);
  }

  get usedMs(): number {
    return this.#node.usedMs + this.#helpers.usedMs;
  }

  membersChanged(): void {
    const { world, host } = this.#context;
    const { placement } = world;
    this.#groups = groupsQueriedBy(placement.topology, host.tier).map(({ name }) => ({
      primary: primaryOf(placement, name),
      replicas: replicasOf(placement, name),
    }));
    this.#caches = peers(placement, host, 'cache');
  }

  serve(request: SimulatedRequest, connects: boolean, answer: Answer): void {
    const { collection, cost, block, connectMs } = this.#model;
    const { chance } = this.#context.world;
    const costs = costOf(request.name);
    this.#requests += 1;
    if (this.#requests % collection.fullEvery === 0) {
      this.#helpers.do(collection.helpersMs * chance.between(0.6, 1.4), () => {});
      this.#collect(collection.fullMs * chance.between(0.6, 1.4));
    } else if (this.#requests % collection.youngEvery === 0) this.#collect(collection.youngMs);
    // The fault is behind the look at readiness (libs/photo-site/src/http/app.ts).
    const blockMs = block !== null && request.name !== READY_CHECK && chance.share() < block.share ? block.ms : 0;
    const spread = cost * chance.spread(0.25);
    const answered = (): void => {
      this.jobs?.answered(chance);
      answer(true);
    };
    const render = (): void => this.#node.do(costs.renderMs * spread, answered);
    this.#node.do(
      costs.webMs * spread + (connects ? connectMs : 0),
      () => {
        if (costs.queries.length === 0) answered();
        else if (this.#caches.length > 0 && isRead(costs)) this.#throughCache(request.name, costs, render, () => answer(false));
        else this.#withConnection(costs.queries, render, () => answer(false));
      },
      blockMs,
    );
  }

  /** Garbage is collected on Node's thread; its time is wall time, so a stop by the quota in the middle counts as collection. */
  #collect(cpuMs: number): void {
    this.#node.do(cpuMs, (startedMs) => {
      this.#gcMs += this.#context.world.timeline.now - startedMs;
    });
  }

  #throughCache(name: string, costs: RequestCost, render: () => void, refused: () => void): void {
    const { chance, things, timeline } = this.#context.world;
    const thing = chance.whole(0, things - 1);
    const host = this.#caches[thing % this.#caches.length] as PlacedHost;
    const cache = this.#context.world.serving(host, 'cache');
    const key = `${name}:${thing}`;
    cache.lookUp(() =>
      this.#node.do(PER_LOOKUP_MS, () => {
        const askedMs = timeline.now;
        const found = cache.find(key);
        const use = this.#use(host.name);
        use.lookups += 1;
        if (found === 'hit') {
          use.hits += 1;
          render();
          return;
        }
        if (found === 'again') use.again += 1;
        const fill = (): void => {
          const tookS = (timeline.now - askedMs) / 1000;
          use.missSeconds += tookS;
          if (found === 'again') use.againSeconds += tookS;
          cache.keep(key);
          render();
        };
        this.#withConnection(costs.queries, fill, refused);
      }),
    );
  }

  #use(cache: string): Use {
    return (this.#asked[cache] ??= { lookups: 0, hits: 0, again: 0, failed: 0, missSeconds: 0, againSeconds: 0 });
  }

  #withConnection(queries: readonly SimulatedQuery[], done: () => void, refused: () => void): void {
    const { world, host } = this.#context;
    const database = this.#databaseFor(queries);
    const given = (this.#given[database.name] ??= { reads: 0, writes: 0 });
    given[queries.some(({ writes }) => writes) ? 'writes' : 'reads'] += 1;
    const server = world.serving(database, 'sql');
    this.#pool.take(() => {
      const takenMs = world.timeline.now;
      if (!this.#connections.take(database.name, server)) {
        this.#pool.give(takenMs);
        refused();
        return;
      }
      const next = (index: number): void => {
        const query = queries[index];
        if (query === undefined) {
          // The connection is given back by a callback, which waits for its turn on Node's thread.
          this.#later(this.#model.idleInTransactionMs, () =>
            this.#node.do(PER_ACQUISITION_MS, () => {
              this.#connections.give(database.name);
              this.#pool.give(takenMs);
              done();
            }),
          );
          return;
        }
        const last = index === queries.length - 1;
        world.reach(host.place, database, 'sql', () => server.query(query, last, () => this.#node.do(PER_QUERY_MS, () => next(index + 1))));
      };
      next(0);
    }, refused);
  }

  /** Owners are spread over the groups. Who writes asks the primary; reads go to the replicas in turn, where there are any. */
  #databaseFor(queries: readonly SimulatedQuery[]): PlacedHost {
    const { world, host } = this.#context;
    const group = this.#groups[world.turn('groups') % this.#groups.length];
    if (group === undefined) throw new Error(`${host.name} has no database.`);
    if (queries.some(({ writes }) => writes)) return group.primary;
    return group.replicas[world.turn(group.primary.name) % group.replicas.length] ?? group.primary;
  }

  read(): Omit<SoftReading, 'atMs'>[] {
    const { inUse, waiting, waitMs, heldMs, acquisitions } = this.#pool;
    const asked = this.#caches.length === 0 ? {} : { asked: structuredClone(this.#asked) };
    return [
      ...(this.jobs === null
        ? []
        : [{ ...NOTHING_READ, kind: 'backlog' as const, waiting: this.jobs.work.unfinished, work: this.jobs.work }]),
      {
        kind: 'pool',
        inUse,
        waiting,
        waitSeconds: waitMs / 1000,
        busySeconds: heldMs / 1000,
        acquisitions,
        refused: this.#connections.refused,
        requests: this.#requests,
        databases: structuredClone(this.#given),
        ...asked,
      },
      {
        ...NOTHING_READ,
        kind: 'event-loop',
        busySeconds: this.#node.activeMs / 1000,
        gcSeconds: this.#gcMs / 1000,
        gcHelperSeconds: this.#helpers.usedMs / 1000,
      },
    ];
  }

  #later(ms: number, action: () => void): void {
    if (ms > 0) this.#context.world.timeline.after(ms, action);
    else action();
  }
}
