import http, { type RefinedResponse, type ResponseType } from 'k6/http';
import { Counter, Trend } from 'k6/metrics';
import { OUTCOMES, type JourneyName, type Outcome, type PromisedWrite, type RegionOfUsers, type Via } from './plan.ts';

const TIMEOUT = '6s';
/** How long a browser waits for an edge before it asks the site itself. */
const EDGE_TIMEOUT = '1s';
/** k6's error code for a request that timed out (k6 docs, "error codes"). */
const REQUEST_TIMED_OUT = 1050;
/**
 * What Go says of EMFILE and ENFILE, EADDRNOTAVAIL, EADDRINUSE, ENOBUFS and ENOMEM: a client's own limits. k6 has one error code for all
 * system errors of a dial, those of a host that cannot be reached among them.
 */
const OWN_LIMIT =
  /too many open files|cannot assign requested address|address already in use|no buffer space available|cannot allocate memory/;

export const lateness = new Trend('lateness', true);
export const latencyFromDue = new Trend('latency_from_due', true);
export const staleReads = new Counter('stale_reads');
export const filesFetched = new Counter('files_fetched');

export interface Ask {
  readonly name: string;
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly json?: unknown;
  readonly body?: ArrayBuffer;
  readonly contentType?: string;
  readonly token?: string;
  /** A file of everybody: from an edge, or from the site itself where none answers or the page says so. */
  readonly file?: 'edge' | 'origin';
  /** A cookie that the user's browser has from an earlier visit. */
  readonly cookies?: Readonly<Record<string, string>>;
  /** Any of these is right; 200 unless told. */
  readonly status?: number | readonly number[];
  /** Whether the answer is right; reads the body, so only where it matters. */
  readonly right?: (response: RefinedResponse<'text'>) => boolean;
  /** Whether an answer that is not right only lacks what this user has just written. */
  readonly stale?: (response: RefinedResponse<'text'>) => boolean;
  /** Last request of the journey. */
  readonly last: boolean;
}

/** One arrival on its way: keeps when the next request is due, so that waiting before it counts. */
export class Visit {
  readonly #base: string;
  readonly #region: RegionOfUsers | null;
  readonly #step: number;
  readonly #arrival: number;
  readonly #journey: JourneyName;
  readonly #traceparent: string;
  #dueMs: number;
  #lateMs: number;

  constructor(options: {
    base: string;
    region: RegionOfUsers | null;
    step: number;
    arrival: number;
    journey: JourneyName;
    traceparent: string;
    dueMs: number;
  }) {
    this.#base = options.base;
    this.#region = options.region;
    this.#step = options.step;
    this.#arrival = options.arrival;
    this.#journey = options.journey;
    this.#traceparent = options.traceparent;
    this.#dueMs = options.dueMs;
    this.#lateMs = Math.max(0, Date.now() - options.dueMs);
    lateness.add(this.#lateMs);
    console.log(`A,${this.#step},${this.#arrival},${this.#lateMs.toFixed(1)}`);
  }

  /** Notes that the site has promised to keep a row. */
  wrote({ table, id, mark, user, text }: Omit<PromisedWrite, 'ackedMs'>): void {
    console.log(`W,${this.#step},${table},${id},${user},${Date.now()},${mark},${text}`);
  }

  /** Sends one request, checks the answer, writes its row. Null when it failed: then the journey ends. */
  send(ask: Ask): RefinedResponse<ResponseType> | null {
    const body = ask.json === undefined ? (ask.body ?? null) : JSON.stringify(ask.json);
    const headers: Record<string, string> = { traceparent: this.#traceparent };
    // A trace begins where a request is first seen; when it was due only the client knows.
    if (this.#traceparent.endsWith('01')) headers['tracestate'] = `loadstair=${Math.round(this.#dueMs)}`;
    if (ask.json !== undefined) headers['content-type'] = 'application/json';
    if (ask.contentType !== undefined) headers['content-type'] = ask.contentType;
    if (ask.token !== undefined) headers['authorization'] = `Bearer ${ask.token}`;
    const where: Record<string, string> = this.#region === null ? {} : { region: this.#region.name };
    const params = {
      headers,
      timeout: TIMEOUT,
      redirects: 0,
      responseType: ask.right === undefined ? ('none' as const) : ('text' as const),
      tags: { name: ask.name, journey: this.#journey, ...where },
      ...(ask.cookies === undefined ? {} : { cookies: { ...ask.cookies } }),
    };
    const sent =
      ask.file === 'edge' && this.#region !== null
        ? this.#file(ask.path, this.#region.filesUrl, params)
        : this.#plain(
            ask.method ?? 'GET',
            this.#base + ask.path,
            body,
            params,
            this.#region !== null && ask.file !== undefined ? 'origin' : null,
          );
    const { response, via } = sent;
    const latencyMs = this.#lateMs + sent.tookMs;
    const outcome = outcomeOf(response, ask);
    const ended = ask.last || outcome !== 'ok';
    const place = this.#region === null && !failed(outcome) ? '' : `,${this.#region?.name ?? ''},${via ?? ''}`;
    const reason = failed(outcome) ? `,${response.error_code},${servedBy(response)}` : '';
    console.log(
      `R,${this.#step},${this.#arrival},${this.#journey},${ask.name},${Math.round(this.#dueMs)},${latencyMs.toFixed(3)},${OUTCOMES.indexOf(outcome)},${response.status},${ended ? 1 : 0}${place}${reason}`,
    );
    if (via !== null) filesFetched.add(1, { ...where, via });
    if (outcome === 'stale') staleReads.add(1, { name: ask.name, journey: this.#journey });
    latencyFromDue.add(latencyMs, { name: ask.name, journey: this.#journey, ...where });
    // What follows is due at once: nobody waits in between.
    this.#dueMs = Date.now();
    this.#lateMs = 0;
    return outcome === 'ok' ? response : null;
  }

  #plain(method: string, url: string, body: ArrayBuffer | string | null, params: Params, via: Via | null): Sent {
    const response = http.request(method, url, body, params);
    return { response, tookMs: tookMs(response), via };
  }

  /** From an edge; from the site itself when none answers in time, or cannot fetch it. What was waited in vain counts. */
  #file(path: string, filesUrl: string, params: Params): Sent {
    const first = http.request('GET', filesUrl + path, null, { ...params, timeout: EDGE_TIMEOUT });
    if (first.status !== 0 && first.status < 500) {
      return { response: first, tookMs: tookMs(first), via: first.headers['X-Cache'] === 'hit' ? 'hit' : 'miss' };
    }
    const second = this.#plain('GET', this.#base + path, null, params, 'fallback');
    return { ...second, tookMs: tookMs(first) + second.tookMs };
  }
}

type Params = NonNullable<Parameters<typeof http.request>[3]>;

interface Sent {
  readonly response: RefinedResponse<ResponseType>;
  readonly tookMs: number;
  readonly via: Via | null;
}

/** `duration` leaves out the time to get a connection. */
function tookMs({ timings }: RefinedResponse<ResponseType>): number {
  return timings.blocked + timings.connecting + timings.duration;
}

/** The host whose answer it is; nothing where the answer does not say so, or says what is no name of a host. */
function servedBy({ headers }: RefinedResponse<ResponseType>): string {
  const host = headers['X-Served-By'] ?? '';
  return /^[\w-]+$/.test(host) ? host : '';
}

function failed(outcome: Outcome): boolean {
  return outcome !== 'ok' && outcome !== 'stale';
}

function outcomeOf(response: RefinedResponse<ResponseType>, ask: Ask): Outcome {
  if (response.error_code === REQUEST_TIMED_OUT) return 'timeout';
  if (response.status === 0) return OWN_LIMIT.test(response.error) ? 'not-sent' : 'error';
  if (response.headers['X-No-Server'] !== undefined) return 'no-server';
  if (![ask.status ?? 200].flat().includes(response.status)) return 'status';
  if (ask.right === undefined) return 'ok';
  try {
    if (ask.right(response)) return 'ok';
    return ask.stale?.(response) === true ? 'stale' : 'wrong-body';
  } catch {
    // A body that is not what it should be cannot even be read.
    return 'wrong-body';
  }
}
