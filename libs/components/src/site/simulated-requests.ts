import { READY_CHECK, type HttpDemand, type SimulatedQuery } from '../simulated.ts';

/** What one request costs the site, ms of CPU on a busy machine (docs/decisions/simulated-runs-score-the-verdicts.md says how they were found). */
export interface RequestCost {
  /** Before the first query and after the last (all of it when there is none). */
  readonly webMs: number;
  readonly renderMs: number;
  /** Queries of one connection, one after the other, each a round trip. */
  readonly queries: readonly SimulatedQuery[];
}

const read = (dbMs: number, cv = 0.3): SimulatedQuery => ({ dbMs, cv, writes: false });
const write = (dbMs: number): SimulatedQuery => ({ dbMs, cv: 0.3, writes: true });

const COSTS: Readonly<Record<string, RequestCost>> = {
  'feed-page': { webMs: 0.2, renderMs: 0.44, queries: [read(0.07), read(0.66, 0.5)] },
  'own-feed': { webMs: 0.2, renderMs: 0.44, queries: [read(0.07), read(0.66, 0.5)] },
  album: { webMs: 0.2, renderMs: 0.44, queries: [read(0.07), read(0.66, 0.5)] },
  gallery: { webMs: 0.2, renderMs: 0.44, queries: [read(0.07), read(0.66, 0.5)] },
  picture: { webMs: 0.3, renderMs: 0, queries: [] },
  static: { webMs: 0.28, renderMs: 0, queries: [] },
  feed: { webMs: 0.18, renderMs: 0.26, queries: [read(0.07), read(0.66, 0.5)] },
  popular: { webMs: 0.18, renderMs: 0.14, queries: [read(0.07), read(1.1, 0.5)] },
  user: { webMs: 0.13, renderMs: 0.1, queries: [read(0.08)] },
  'photo-page': { webMs: 0.2, renderMs: 0.15, queries: [read(0.2), read(0.09)] },
  'photo-document': { webMs: 0.15, renderMs: 0.15, queries: [read(0.06)] },
  rename: { webMs: 0.16, renderMs: 0.08, queries: [write(0.08)] },
  'rename-document': { webMs: 0.2, renderMs: 0.08, queries: [write(0.09), read(0.06), write(0.7)] },
  'sign-in': { webMs: 0.16, renderMs: 0.1, queries: [read(0.08)] },
  like: { webMs: 0.16, renderMs: 0.08, queries: [write(0.15)] },
  comment: { webMs: 0.18, renderMs: 0.1, queries: [write(0.15)] },
  comments: { webMs: 0.14, renderMs: 0.14, queries: [read(0.12)] },
  order: { webMs: 0.2, renderMs: 0.12, queries: [write(0.2)] },
  wall: { webMs: 0.14, renderMs: 0.14, queries: [read(0.12)] },
  [READY_CHECK]: { webMs: 0.08, renderMs: 0.02, queries: [] },
  upload: { webMs: 9, renderMs: 0.1, queries: [write(0.5)] },
  edit: { webMs: 14, renderMs: 0.1, queries: [write(0.5)] },
};

export function costOf(name: string): RequestCost {
  const cost = COSTS[name];
  if (cost === undefined) throw new Error(`The simulated site does not know what a request ${name} costs.`);
  return cost;
}

/** Whether a cache is asked before a database. */
export function isRead({ queries }: Pick<RequestCost, 'queries'>): boolean {
  return queries.length > 0 && !queries.some(({ writes }) => writes);
}

/** Means per arrival of a mix. */
export interface PerArrival {
  readonly webMs: number;
  readonly acquisitions: number;
  readonly writes: number;
  /** CPU time of the database, and its queries: of requests that write, which all go to a primary, and of all. */
  readonly primaryMs: number;
  readonly primaryQueries: number;
  readonly dbMs: number;
  readonly queries: number;
  /** Requests that only read, and the time of those for files. */
  readonly reads: number;
  readonly fileMs: number;
}

export function perArrival(journeys: HttpDemand['journeys']): PerArrival {
  const sum = { webMs: 0, acquisitions: 0, writes: 0, primaryMs: 0, primaryQueries: 0, dbMs: 0, queries: 0, reads: 0, fileMs: 0 };
  for (const { requests, share } of journeys) {
    for (const { name, file } of requests) {
      const cost = costOf(name);
      sum.webMs += share * (cost.webMs + cost.renderMs);
      sum.acquisitions += cost.queries.length > 0 ? share : 0;
      sum.reads += isRead(cost) ? share : 0;
      sum.fileMs += file ? share * (cost.webMs + cost.renderMs) : 0;
      const toPrimary = cost.queries.some(({ writes }) => writes) ? share : 0;
      for (const query of cost.queries) {
        sum.primaryQueries += toPrimary;
        sum.primaryMs += toPrimary * query.dbMs;
        sum.queries += share;
        sum.dbMs += share * query.dbMs;
        sum.writes += query.writes ? share : 0;
      }
    }
  }
  return sum;
}
