import type { Via } from '@loadstair/load';
import { cacheTiers, maxconnOf, poolOf } from '@loadstair/components/declarations';
import {
  edgeTier,
  hostsWith,
  groupsQueriedBy,
  primaryOf,
  replicasOf,
  siteHost,
  turnsOfUsers,
  type PlacedHost,
  type Placement,
} from '@loadstair/topology';
import type { Chance } from '../engine/chance.ts';
import { CpuHost, type Program } from '../engine/cpu-host.ts';
import type { Timeline } from '../engine/timeline.ts';
import { Turnstile } from '../engine/turnstile.ts';
import { SimulatedCache } from './cache.ts';
import { DatabaseServer } from './database-server.ts';
import { SimulatedEdges } from './edges.ts';
import { jobQueue } from './jobs.ts';
import type { SiteModel } from './model.ts';
import { isFile, isRead, type QueryCost, type RequestCost } from './requests.ts';
import { Ways } from './ways.ts';
import { collect, type WebServer } from './web-server.ts';

/** Time of a request outside the hosts: sockets, loopback, the client. */
const WIRE_MS = 0.5;
/** The site gives a request up when no connection came free for so long. */
const POOL_PATIENCE_MS = 6_000;
/** Node's callback of a lookup. */
const LOOKED_UP_MS = 0.04;

/** All hosts of a stage and how a request goes through them. */
export class Site {
  readonly hosts = new Map<string, CpuHost>();
  readonly programs = new Map<string, Program>();
  readonly webs: readonly WebServer[];
  readonly slots: Turnstile | null;
  readonly databases: readonly DatabaseServer[];
  readonly cache: SimulatedCache | null;
  readonly edges: SimulatedEdges | null;
  readonly #timeline: Timeline;
  readonly #chance: Chance;
  readonly #model: SiteModel;
  readonly #primary: DatabaseServer;
  readonly #replicas: readonly DatabaseServer[];
  readonly #lb: Program | null;
  readonly #slotsPerWeb: number;
  readonly ways: Ways;
  /** Host at which the site is reached, and the place of its balancer. */
  readonly #door: string;
  readonly #balancerPlace: string;
  readonly #users: readonly string[];
  /** Those that are there. */
  #webs: readonly WebServer[];
  /** Hosts that have not joined yet: nobody sends them anything, and nobody reads them. */
  readonly away = new Set<string>();
  #turn = 0;
  #replicaTurn = 0;

  constructor(
    timeline: Timeline,
    placement: Placement,
    coresPerLabCpu: number,
    model: SiteModel,
    chance: Chance,
    speed: (atMs: number) => number,
  ) {
    this.#timeline = timeline;
    this.#chance = chance;
    this.#model = model;
    for (const host of placement.hosts) {
      const cpu = new CpuHost(timeline, host.tierSpec.cpu * coresPerLabCpu, speed, chance.between(0, 100));
      this.hosts.set(host.name, cpu);
      for (const component of host.tierSpec.components) {
        const [lanes, wakeMs] =
          component === 'postgres' ? [2, model.dbWakeMs] : component === 'site' ? [1, model.webWakeMs] : [1, model.lbWakeMs];
        this.programs.set(`${host.name}/${component}`, cpu.add(lanes, wakeMs));
      }
    }
    const program = (host: PlacedHost, component: string): Program => this.programs.get(`${host.name}/${component}`) as Program;
    this.webs = hostsWith(placement, 'site').map((host) => ({
      host,
      cpu: this.hosts.get(host.name) as CpuHost,
      node: program(host, 'site'),
      helpers: (this.hosts.get(host.name) as CpuHost).add(1, 0),
      pool: new Turnstile(timeline, poolOf(host.tierSpec), POOL_PATIENCE_MS),
      jobs: jobQueue(host.name, timeline, this.hosts.get(host.name) as CpuHost, model.jobs),
      gcMs: 0,
      requests: chance.whole(0, model.collection.fullEvery),
      inSlot: 0,
    }));
    const database = (host: PlacedHost): DatabaseServer =>
      new DatabaseServer(
        { timeline, chance, model },
        placement.topology,
        host,
        this.hosts.get(host.name) as CpuHost,
        program(host, 'postgres'),
      );
    const [group] = groupsQueriedBy(placement.topology, this.webs[0]?.host.tier ?? '');
    if (group === undefined) throw new Error('No site of this topology has a database.');
    this.#primary = database(primaryOf(placement, group.name));
    this.#replicas = replicasOf(placement, group.name).map(database);
    this.databases = [this.#primary, ...this.#replicas];
    this.cache = cacheTiers(placement.topology).length === 0 ? null : new SimulatedCache(placement);
    const balancer = hostsWith(placement, 'haproxy')[0];
    this.#lb = balancer === undefined ? null : program(balancer, 'haproxy');
    this.#slotsPerWeb = maxconnOf(balancer?.tierSpec ?? { settings: {} });
    this.slots = balancer === undefined ? null : new Turnstile(timeline, this.#slotsPerWeb * this.webs.length);
    this.#webs = this.webs;
    this.ways = new Ways(placement);
    this.#door = siteHost(placement)?.name ?? '';
    this.#balancerPlace = balancer?.place ?? '';
    this.edges =
      edgeTier(placement.topology) === null
        ? null
        : new SimulatedEdges(placement, (host) => this.programs.get(`${host}/varnish`) as Program, model.edgeMs);
    this.#users = turnsOfUsers(placement.topology);
    this.#primary.lumps();
  }

  /** Place of the user of an arrival: the places have their users in turn, as k6 has them. */
  placeOfArrival(arrival: number): string {
    return this.#users[arrival % this.#users.length] as string;
  }

  /** Queries PostgreSQL is busy with, on all its hosts. */
  get activeQueries(): number {
    return this.databases.reduce((sum, database) => sum + database.activeQueries, 0);
  }

  /** CPU time of one component of a host, ms; what V8's own threads use is the site's, what replaying uses PostgreSQL's. */
  usedMs(host: string, component: string): number {
    const own = this.programs.get(`${host}/${component}`)?.usedMs ?? 0;
    const helpers = component === 'site' ? this.webs.find((web) => web.host.name === host)?.helpers.usedMs : undefined;
    const replay = component === 'postgres' ? this.databases.find((one) => one.host.name === host)?.replay?.usedMs : undefined;
    return own + (helpers ?? 0) + (replay ?? 0);
  }

  /**
   * Sends a request, the first of an arrival over a new connection; `done` comes with whether it was answered, and where a
   * file of the edges came from.
   */
  send(
    request: RequestCost,
    from: { readonly first: boolean; readonly region: string },
    done: (answered: boolean, via?: Via) => void,
  ): void {
    const back = (answered: boolean, via?: Via): void => this.#timeline.after(WIRE_MS / 2, () => done(answered, via));
    const fetch = (answer: (answered: boolean) => void): void =>
      this.#later(this.ways.fromTo(from.region, this.#door), () => this.#enter(request, from.first ? this.#model.connectMs : 0, answer));
    this.#timeline.after(WIRE_MS / 2, () => {
      if (this.edges === null || !isFile(request)) fetch(back);
      else this.edges.send(`${request.name}:${this.#chance.whole(0, this.#model.things - 1)}`, from.region, fetch, back);
    });
  }

  #enter(request: RequestCost, connectMs: number, done: (answered: boolean) => void): void {
    const { slots } = this;
    const lb = this.#lb;
    if (lb === null || slots === null) {
      this.#web(this.webs[0] as WebServer, request, connectMs, done);
      return;
    }
    lb.do(this.#model.lbMs / 2 + connectMs, () =>
      slots.take(() => {
        const web = this.#nextWeb();
        web.inSlot += 1;
        const takenMs = this.#timeline.now;
        this.#later(this.ways.fromTo(this.#balancerPlace, web.host.name), () =>
          this.#web(web, request, 0, (answered) =>
            lb.do(this.#model.lbMs / 2, () => {
              web.inSlot -= 1;
              slots.give(takenMs);
              done(answered);
            }),
          ),
        );
      }),
    );
  }

  /** The first for who sticks to it; the others in turn, leaving out servers whose slots are all taken. */
  #nextWeb(): WebServer {
    const { pinned } = this.#model;
    if (pinned > 0 && this.#chance.share() < pinned) return this.webs[0] as WebServer;
    const webs = this.#webs;
    for (let tried = 0; tried < webs.length; tried += 1) {
      const web = webs[this.#turn % webs.length] as WebServer;
      this.#turn += 1;
      if (web.inSlot < this.#slotsPerWeb) return web;
    }
    return webs[this.#turn % webs.length] as WebServer;
  }

  #web(web: WebServer, request: RequestCost, connectMs: number, done: (answered: boolean) => void): void {
    const { collection, webCost, block } = this.#model;
    web.requests += 1;
    if (web.requests % collection.fullEvery === 0) {
      web.helpers.do(collection.helpersMs * this.#chance.between(0.6, 1.4), () => {});
      collect(this.#timeline, web, collection.fullMs * this.#chance.between(0.6, 1.4));
    } else if (web.requests % collection.youngEvery === 0) collect(this.#timeline, web, collection.youngMs);
    const blockMs = block !== null && this.#chance.share() < block.share ? block.ms : 0;
    const spread = webCost * this.#chance.spread(0.25);
    const answered = (): void => done(web.jobs?.answered(this.#chance) ?? true);
    const render = (): void => web.node.do(request.renderMs * spread, answered);
    web.node.do(
      request.webMs * spread + connectMs,
      () => {
        if (request.queries.length === 0) answered();
        else if (this.cache !== null && isRead(request)) this.#throughCache(this.cache, web, request, render, () => done(false));
        else this.#withConnection(web, request.queries, render, () => done(false));
      },
      blockMs,
    );
  }

  #throughCache(cache: SimulatedCache, web: WebServer, request: RequestCost, render: () => void, refused: () => void): void {
    const thing = this.#chance.whole(0, this.#model.things - 1);
    const [host, key] = [cache.hostOf(thing), `${request.name}:${thing}`];
    this.programs.get(`${host}/redis`)?.do(this.#model.cacheMs, () =>
      web.node.do(LOOKED_UP_MS, () => {
        const askedMs = this.#timeline.now;
        const found = cache.ask(web.host.name, key, host, askedMs);
        if (found === 'hit') {
          render();
          return;
        }
        const fill = (): void => {
          const now = this.#timeline.now;
          cache.fill(web.host.name, key, host, now, now - askedMs, found === 'again');
          render();
        };
        this.#withConnection(web, request.queries, fill, refused);
      }),
    );
  }

  #withConnection(web: WebServer, queries: readonly QueryCost[], done: () => void, refused: () => void): void {
    const database = this.#asked(queries);
    const committed = (): void => {
      for (const replica of this.#replicas) replica.follow();
    };
    web.pool.take(() => {
      const takenMs = this.#timeline.now;
      const next = (index: number): void => {
        const query = queries[index];
        if (query === undefined) {
          // The connection is given back by a callback, which waits for its turn on Node's thread.
          this.#later(this.#model.idleInTransactionMs, () =>
            web.node.do(0.01, () => {
              web.pool.give(takenMs);
              done();
            }),
          );
          return;
        }
        const last = index === queries.length - 1;
        this.#later(this.ways.toDatabase(web.host.place, database.host.name, this.#timeline.now), () =>
          database.query(query, last, committed, () => web.node.do(0.03, () => next(index + 1))),
        );
      };
      next(0);
    }, refused);
  }

  /** A web server is not there yet, or is there from now on and takes its part. */
  setAway(host: string, away: boolean): void {
    if (away) this.away.add(host);
    else this.away.delete(host);
    this.#webs = this.webs.filter((web) => !this.away.has(web.host.name));
    this.slots?.resize(this.#slotsPerWeb * this.#webs.length);
  }

  /** A host stands still: nothing on it runs for a while. */
  freeze(host: string, ms: number): void {
    this.hosts.get(host)?.freeze(ms);
  }

  /** Who writes asks the primary; reads go to the replicas in turn, where there are any. */
  #asked(queries: readonly QueryCost[]): DatabaseServer {
    if (queries.some(({ writes }) => writes)) return this.#primary;
    this.#replicaTurn += 1;
    return this.#replicas[this.#replicaTurn % this.#replicas.length] ?? this.#primary;
  }

  #later(ms: number, action: () => void): void {
    if (ms > 0) this.#timeline.after(ms, action);
    else action();
  }
}
