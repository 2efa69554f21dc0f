import type { JourneyName } from '@loadstair/load';

/** What one request costs where, ms of CPU on a busy machine (docs/decisions/simulated-cases.md says how they were found). */
export interface RequestCost {
  readonly name: string;
  /** Node: before the first query and after the last (all of it when there is none). */
  readonly webMs: number;
  readonly renderMs: number;
  /** Queries of one connection, one after the other, each a round trip. */
  readonly queries: readonly QueryCost[];
}

export interface QueryCost {
  readonly dbMs: number;
  /** Coefficient of variation of its CPU time. */
  readonly cv: number;
  /** Ends with a commit that is flushed to disk. */
  readonly writes: boolean;
}

const read = (dbMs: number, cv = 0.3): QueryCost => ({ dbMs, cv, writes: false });
const write = (dbMs: number): QueryCost => ({ dbMs, cv: 0.3, writes: true });

const COSTS = {
  'feed-page': { webMs: 0.2, renderMs: 0.44, queries: [read(0.07), read(0.66, 0.5)] },
  'own-feed': { webMs: 0.2, renderMs: 0.44, queries: [read(0.07), read(0.66, 0.5)] },
  album: { webMs: 0.2, renderMs: 0.44, queries: [read(0.07), read(0.66, 0.5)] },
  gallery: { webMs: 0.2, renderMs: 0.44, queries: [read(0.07), read(0.66, 0.5)] },
  picture: { webMs: 0.3, renderMs: 0, queries: [] },
  static: { webMs: 0.28, renderMs: 0, queries: [] },
  feed: { webMs: 0.18, renderMs: 0.26, queries: [read(0.07), read(0.66, 0.5)] },
  popular: { webMs: 0.18, renderMs: 0.14, queries: [read(0.07), read(1.1, 0.5)] },
  user: { webMs: 0.13, renderMs: 0.1, queries: [read(0.08)] },
  'user-document': { webMs: 0.13, renderMs: 0.08, queries: [read(0.05)] },
  'sign-in': { webMs: 0.16, renderMs: 0.1, queries: [read(0.08)] },
  like: { webMs: 0.16, renderMs: 0.08, queries: [write(0.15)] },
  comment: { webMs: 0.18, renderMs: 0.1, queries: [write(0.15)] },
  comments: { webMs: 0.14, renderMs: 0.14, queries: [read(0.12)] },
  order: { webMs: 0.2, renderMs: 0.12, queries: [write(0.2)] },
  wall: { webMs: 0.14, renderMs: 0.14, queries: [read(0.12)] },
  upload: { webMs: 9, renderMs: 0.1, queries: [write(0.5)] },
  edit: { webMs: 14, renderMs: 0.1, queries: [write(0.5)] },
} as const satisfies Record<string, Omit<RequestCost, 'name'>>;

type RequestName = keyof typeof COSTS;

/** Files that are the same for everybody: an edge sends them, where there is one. */
const FILES: readonly string[] = ['picture', 'static'] satisfies RequestName[];

export function isFile({ name }: Pick<RequestCost, 'name'>): boolean {
  return FILES.includes(name);
}

/** Whether a cache is asked before a database. */
export function isRead({ queries }: Pick<RequestCost, 'queries'>): boolean {
  return queries.length > 0 && !queries.some(({ writes }) => writes);
}

/** Requests of each journey, in order; the same as loadprofiles/journeys. */
const JOURNEYS: Readonly<Record<JourneyName, readonly RequestName[]>> = {
  browse: ['feed-page', 'static'],
  album: ['album', 'static', ...Array<'picture'>(6).fill('picture')],
  wall: ['sign-in', 'comment', 'wall'],
  regular: ['sign-in', 'own-feed', 'static'],
  newcomer: ['sign-in', 'own-feed', 'static'],
  read: ['feed'],
  explore: ['popular'],
  again: ['popular'],
  mobile: ['user'],
  document: ['user-document'],
  'one-user': ['user'],
  gallery: ['gallery', 'static', ...Array<'picture'>(6).fill('picture')],
  talk: ['sign-in', 'comment', 'comments'],
  famous: ['feed'],
  engage: ['sign-in', 'like', 'comment', 'comments'],
  return: ['sign-in', 'own-feed'],
  buy: ['sign-in', 'order'],
  upload: ['sign-in', 'upload', 'edit'],
};

const all = new Map<JourneyName, readonly RequestCost[]>(
  (Object.keys(JOURNEYS) as JourneyName[]).map((journey) => [journey, JOURNEYS[journey].map((name) => ({ name, ...COSTS[name] }))]),
);

export function requestsOf(journey: JourneyName): readonly RequestCost[] {
  return all.get(journey) ?? [];
}

/** Means per arrival of a mix. */
export interface PerArrival {
  readonly requests: number;
  readonly webMs: number;
  readonly dbMs: number;
  readonly queries: number;
  readonly acquisitions: number;
  readonly writes: number;
  /** Of requests that write, whose queries all go to a primary. */
  readonly primaryMs: number;
  readonly primaryQueries: number;
  /** Requests that only read, and those for files, with the web server's time for the latter. */
  readonly reads: number;
  readonly files: number;
  readonly fileMs: number;
}

export function perArrival(journeys: Readonly<Partial<Record<JourneyName, number>>>): PerArrival {
  const sum = {
    requests: 0,
    webMs: 0,
    dbMs: 0,
    queries: 0,
    acquisitions: 0,
    writes: 0,
    primaryMs: 0,
    primaryQueries: 0,
    reads: 0,
    files: 0,
    fileMs: 0,
  };
  for (const [journey, share] of Object.entries(journeys) as [JourneyName, number][]) {
    for (const request of requestsOf(journey)) {
      sum.requests += share;
      sum.webMs += share * (request.webMs + request.renderMs);
      sum.acquisitions += request.queries.length > 0 ? share : 0;
      sum.reads += isRead(request) ? share : 0;
      sum.files += isFile(request) ? share : 0;
      sum.fileMs += isFile(request) ? share * (request.webMs + request.renderMs) : 0;
      const queries: readonly QueryCost[] = request.queries;
      const toPrimary = queries.some(({ writes }) => writes) ? share : 0;
      for (const query of queries) {
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
