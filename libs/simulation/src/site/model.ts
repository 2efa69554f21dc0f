/** What a simulated site is, beside its topology: what things cost, and what is wrong with it. All times ms. */
export interface SiteModel {
  /** Multiplies the CPU cost of requests on web and database. */
  readonly webCost: number;
  readonly dbCost: number;
  /** CPU time of waking up an idle Node, PostgreSQL, HAProxy. */
  readonly webWakeMs: number;
  readonly dbWakeMs: number;
  readonly lbWakeMs: number;
  /** HAProxy's CPU time of a request, both ways together. */
  readonly lbMs: number;
  /** CPU time of a new connection, which every arrival brings: at the public edge, in HAProxy where there is one. */
  readonly connectMs: number;
  /** Node collects garbage: the young often, all of it seldom, partly on threads of its own that use the same quota. */
  readonly collection: {
    readonly youngMs: number;
    readonly youngEvery: number;
    readonly fullMs: number;
    readonly helpersMs: number;
    readonly fullEvery: number;
  };
  /** PostgreSQL's own work (checkpoints, autovacuum) comes in lumps. */
  readonly lumps: { readonly everyMs: number; readonly cpuMs: number };
  /** A flush of the log, and a read that memory did not have. */
  readonly flushMs: number;
  /** CPU time a replica takes to replay a commit. */
  readonly replayMs: number;
  readonly readMs: number;
  /** Share of queries that must read from disk. */
  readonly missShare: number;
  /** Every page that queries writes one hot row in the same transaction, with this chance, and holds its lock so long besides the flush. */
  readonly hotRow: { readonly share: number; readonly holdMs: number } | null;
  /** A request blocks Node's thread without CPU (a synchronous wait), with this chance. */
  readonly block: { readonly share: number; readonly ms: number } | null;
  /** Share of the requests that stick to the first web server, whatever it has to do. */
  readonly pinned: number;
  /** Every request with queries keeps its connection this much longer (a call to somebody inside the transaction). */
  readonly idleInTransactionMs: number;
  /**
   * A request makes a job with this chance, which its web server does after the answer: CPU time, then a wait for somebody, on so many
   * workers a server.
   */
  readonly jobs: { readonly share: number; readonly cpuMs: number; readonly waitMs: number; readonly workers: number } | null;
  /** Share of its memory a host uses, by tier; failed allocations a second, by tier. */
  readonly memory: Readonly<Record<string, number>>;
  readonly memoryFailuresPerS: Readonly<Record<string, number>>;
  /** Where there is a cache: how many different things are asked for, each as often; its CPU time of a lookup. */
  readonly things: number;
  readonly cacheMs: number;
  /** CPU time of an edge for a file that it has. */
  readonly edgeMs: number;
}

export const HEALTHY: SiteModel = {
  webCost: 1,
  dbCost: 1,
  webWakeMs: 0.19,
  dbWakeMs: 0.15,
  lbWakeMs: 0.03,
  lbMs: 0.16,
  connectMs: 0.12,
  collection: { youngMs: 1.6, youngEvery: 25, fullMs: 10, helpersMs: 30, fullEvery: 1500 },
  lumps: { everyMs: 25_000, cpuMs: 25 },
  flushMs: 1.5,
  replayMs: 0.06,
  readMs: 0.3,
  missShare: 0,
  hotRow: null,
  block: null,
  pinned: 0,
  idleInTransactionMs: 0,
  jobs: null,
  memory: {},
  memoryFailuresPerS: {},
  things: 20_000,
  cacheMs: 0.03,
  edgeMs: 0.12,
};
