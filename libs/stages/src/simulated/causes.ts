import type { Chance } from '@loadstair/simulation-engine';
import { cpuMs, hostsIn, labCpus, withModel, type PhotoSite } from './case-site.ts';
import type { Injected } from './simulated-stage.ts';

/** Whatever else a stage knows of its sites stays as it is. */
type Put = <Site extends PhotoSite>(base: Site, target: number, chance: Chance) => Injected<Site> | null;

/** Time of a query beside its CPU and the distance, of a request beside its holds: sockets and turns on threads, ms. */
const QUERY_MS = 0.4;
const REQUEST_MS = 2.5;
/** A fault that alone takes a p95 of 250 ms is no question of load. */
const MOST_MS = 110;
/** Requests that may fail in a step that holds the SLO. */
const FAILING_SHARE = 0.01;

/** The CPU of the hosts of a tier. */
export function cpuOf(tier: string): Put {
  return (base, target) => ({
    site: { ...base, cpu: { ...base.cpu, [tier]: labCpus(base.demand, tier, target, hostsIn(base.topology, tier)) } },
    cause: { tier, resource: 'cpu' },
  });
}

/** The same of the web servers, of which a site may have more than its stage. */
export function cpuOfWebs(tier: string): Put {
  return (base, target) => ({
    site: { ...base, cpu: { ...base.cpu, [tier]: labCpus(base.demand, tier, target, base.webs) } },
    cause: { tier, resource: 'cpu' },
  });
}

/**
 * The same with a balancer that looks at its servers, and takes those out that are too busy to answer: they idle meanwhile, and their peers get
 * what they would have done.
 */
export function takenOut(cause: Put): Put {
  return (base, target, chance) => {
    const injected = cause(base, target, chance);
    if (injected === null) return null;
    // With few connections requests wait for these, and a look at readiness for none of them.
    const looked = <Site extends PhotoSite>(site: Site): Site => ({
      ...site,
      pool: 100,
      maxconn: 500,
      model: withModel(site.model, 'haproxy', { checks: true }),
    });
    return { ...injected, site: looked(injected.site), control: looked(injected.control ?? base) };
  };
}

/** Most requests stick to one web server: its CPU ends, and its peers' does not. */
export function oneAlone(web: string): Put {
  return (base, target, chance) => {
    const pinned = chance.between(0.65, 0.85);
    const ownShare = pinned + (1 - pinned) / base.webs;
    return {
      site: {
        ...base,
        cpu: { ...base.cpu, [web]: labCpus(base.demand, web, target * ownShare, 1) },
        model: withModel(base.model, 'haproxy', { pinned }),
      },
      cause: { tier: web, resource: 'cpu', alone: true },
    };
  };
}

/** Few connections that are held long: over a distance, where there may be one, or while the transaction waits for somebody. */
export function pool(web: string, db: string): Put {
  return (base, target, chance) => {
    const size = chance.of([1, 1, 2, 3]);
    const { acquisitions, queries, dbMs } = queriesOf(base, db);
    const holdMs = (1000 * size * base.webs) / (target * acquisitions);
    const perHold = queries / acquisitions;
    const ownMs = (dbMs * base.model.components.postgres.cost) / acquisitions + perHold * (QUERY_MS + base.dbDistanceMs);
    const moreMs = holdMs - ownMs;
    if (moreMs < 2 || holdMs > MOST_MS) return null;
    const far = web !== db && chance.share() < 0.6;
    const site = far
      ? { ...base, pool: size, dbDistanceMs: base.dbDistanceMs + moreMs / perHold }
      : { ...base, pool: size, model: withModel(base.model, 'site', { idleInTransactionMs: moreMs }) };
    return { site, cause: { tier: web, resource: 'pool' } };
  };
}

/** A database that accepts few connections, which are held while the transaction waits for somebody. Requests beyond them fail at once. */
export function connections(web: string, db: string): Put {
  return (base, target, chance) => {
    const accepted = chance.whole(5, 10);
    const { acquisitions, queries, dbMs } = queriesOf(base, db);
    const inUse = offeredFor(accepted, (FAILING_SHARE * requestsTo(base, web)) / acquisitions);
    const holdMs = (1000 * inUse) / (target * acquisitions);
    const ownMs = (dbMs * base.model.components.postgres.cost + queries * (QUERY_MS + base.dbDistanceMs)) / acquisitions;
    const moreMs = holdMs - ownMs;
    if (moreMs < 2 || holdMs > MOST_MS) return null;
    return {
      site: { ...base, pool: 20, connections: accepted, model: withModel(base.model, 'site', { idleInTransactionMs: moreMs }) },
      cause: { tier: db, resource: 'connections' },
      control: { ...base, pool: 20, model: withModel(base.model, 'site', { idleInTransactionMs: moreMs }) },
    };
  };
}

/** Few places at the web servers that are held over a distance. */
export function slots(balancer: string, web: string, db: string): Put {
  return (base, target, chance) => {
    const size = chance.of([1, 2, 2, 3, 4]);
    const requests = requestsTo(base, web);
    const holdMs = (1000 * size * base.webs) / (target * requests);
    const moreMs = holdMs - REQUEST_MS - (queriesOf(base, db).queries / requests) * base.dbDistanceMs;
    if (moreMs < 3 || holdMs > MOST_MS) return null;
    return { site: { ...base, maxconn: size, webDistanceMs: moreMs }, cause: { tier: balancer, resource: 'slots' } };
  };
}

/** A row that many transactions write. */
export function lock(db: string): Put {
  return (base, target, chance) => {
    const share = chance.of([0.3, 0.6, 1]);
    const holdMs = 1000 / (target * queriesOf(base, db).acquisitions * share) - base.model.components.postgres.flushMs * 1.1;
    if (holdMs < 1 || holdMs > MOST_MS / 2) return null;
    return {
      site: { ...base, model: withModel(base.model, 'postgres', { hotRow: { share, holdMs } }) },
      cause: { tier: db, resource: 'lock' },
    };
  };
}

/** A synchronous wait in a handler. */
export function eventLoop(web: string): Put {
  return (base, target, chance) => {
    const share = chance.of([0.3, 0.5, 1]);
    const requests = requestsTo(base, web);
    // Its CPU takes the thread too: a little when nothing stops it.
    const ownMs = (siteCpuMs(base, web) + 0.5 * requests * base.model.components.site.wakeMs) / requests;
    const ms = ((1000 * base.webs) / (target * requests) - ownMs) / share;
    if (ms < 2 || ms > MOST_MS / 3) return null;
    return {
      site: { ...base, model: withModel(base.model, 'site', { block: { share, ms } }) },
      cause: { tier: web, resource: 'event-loop' },
    };
  };
}

/** A heap with no room left: Node collects all of it again and again. */
export function heap(web: string): Put {
  return (base, target, chance) => {
    const limitMs = (base.cpu[web] ?? 0) * 100 * base.webs;
    const other = cpuMs(base.demand, web);
    const requests = requestsTo(base, web);
    const moreMs = (limitMs / target - other) / requests;
    // Less than this of the CPU is what a busy heap costs anyway.
    if (moreMs * requests < 0.7 * other) return null;
    const every = chance.of([10, 20, 30]);
    // Of what churns in a full heap, other threads than the main one were seen to collect two thirds; where it is copied, fewer.
    const helped = chance.between(0.2, 0.7);
    const collection = {
      ...base.model.components.site.collection,
      fullEvery: every,
      fullMs: (1 - helped) * moreMs * every,
      helpersMs: helped * moreMs * every,
    };
    const memory = { ...base.model.memory, [web]: chance.between(0.6, 0.95) };
    return {
      site: { ...base, model: { ...withModel(base.model, 'site', { collection }), memory } },
      cause: { tier: web, resource: 'memory' },
    };
  };
}

/** Memory too small for the data: pages are read again and again. */
export function reclaim(db: string): Put {
  return (base, target, chance) => {
    const slow = slowDisk(db, base, target, chance);
    if (slow === null) return null;
    const model = {
      ...slow.site.model,
      memory: { ...base.model.memory, [db]: chance.between(0.97, 0.995) },
      memoryFailuresPerS: { ...base.model.memoryFailuresPerS, [db]: chance.between(80, 300) },
    };
    return { site: { ...slow.site, model }, cause: { tier: db, resource: 'memory' } };
  };
}

/** A disk that reads slowly what memory does not have. */
export function disk(db: string): Put {
  return (base, target, chance) => slowDisk(db, base, target, chance);
}

function slowDisk<Site extends PhotoSite>(db: string, base: Site, target: number, chance: Chance): Injected<Site> | null {
  const missShare = chance.of([0.3, 0.6, 1]);
  const readMs = 1000 / (target * queriesOf(base, db).queries * missShare);
  if (readMs > MOST_MS / 2) return null;
  // A full page cache over a slow disk is what too little memory looks like: nothing measured tells them apart.
  const memory = { ...base.model.memory, [db]: chance.between(0.2, 0.8) };
  return {
    site: { ...base, model: { ...withModel(base.model, 'postgres', { missShare, readMs }), memory } },
    cause: { tier: db, resource: 'disk' },
  };
}

/** Mean number of places in use at which this share of those who come finds none free (Erlang's loss formula, by bisection). */
function offeredFor(places: number, lost: number): number {
  let [low, high] = [0, places];
  for (let round = 0; round < 30; round += 1) {
    const middle = (low + high) / 2;
    if (lossShare(places, middle) < lost) low = middle;
    else high = middle;
  }
  return low;
}

function lossShare(places: number, offered: number): number {
  let share = 1;
  for (let place = 1; place <= places; place += 1) share = (offered * share) / (place + offered * share);
  return share;
}

function requestsTo({ demand }: PhotoSite, tier: string): number {
  return demand.get(tier)?.asked.http?.requests ?? 0;
}

/** Without what other components of its hosts need. */
function siteCpuMs({ demand }: PhotoSite, tier: string): number {
  return demand.get(tier)?.cpuMs.get('site') ?? 0;
}

/** Queries that come to the databases, times that connections are taken for them, and their CPU time, ms. */
function queriesOf(
  { demand }: PhotoSite,
  tier: string,
): { readonly acquisitions: number; readonly queries: number; readonly dbMs: number } {
  const sql = demand.get(tier)?.asked.sql;
  if (sql === undefined) return { acquisitions: 0, queries: 0, dbMs: 0 };
  return { acquisitions: sql.acquisitions, queries: sql.primaryQueries + sql.readQueries, dbMs: sql.primaryMs + sql.readMs };
}
