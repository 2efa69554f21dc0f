import http, { type RefinedResponse, type ResponseType } from 'k6/http';
import { Counter, Trend } from 'k6/metrics';
import type { JourneyName, Outcome, PromisedWrite } from './plan.ts';

const TIMEOUT = '6s';
const OUTCOMES: readonly Outcome[] = ['ok', 'status', 'wrong-body', 'error', 'timeout', 'stale'];
/** k6's error code for a request that timed out (k6 docs, "error codes"). */
const REQUEST_TIMED_OUT = 1050;

export const lateness = new Trend('lateness', true);
export const latencyFromDue = new Trend('latency_from_due', true);
export const staleReads = new Counter('stale_reads');

export interface Ask {
  readonly name: string;
  readonly method?: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly json?: unknown;
  readonly body?: ArrayBuffer;
  readonly contentType?: string;
  readonly token?: string;
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
  readonly #step: number;
  readonly #arrival: number;
  readonly #journey: JourneyName;
  readonly #traceparent: string;
  #dueMs: number;
  #lateMs: number;

  constructor(options: { base: string; step: number; arrival: number; journey: JourneyName; traceparent: string; dueMs: number }) {
    this.#base = options.base;
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
  wrote({ table, id, mark }: PromisedWrite): void {
    console.log(`W,${this.#step},${table},${id},${mark}`);
  }

  /** Sends one request, checks the answer, writes its row. Null when it failed: then the journey ends. */
  send(ask: Ask): RefinedResponse<ResponseType> | null {
    const body = ask.json === undefined ? (ask.body ?? null) : JSON.stringify(ask.json);
    const headers: Record<string, string> = { traceparent: this.#traceparent };
    if (ask.json !== undefined) headers['content-type'] = 'application/json';
    if (ask.contentType !== undefined) headers['content-type'] = ask.contentType;
    if (ask.token !== undefined) headers['authorization'] = `Bearer ${ask.token}`;
    const response = http.request(ask.method ?? 'GET', this.#base + ask.path, body, {
      headers,
      timeout: TIMEOUT,
      redirects: 0,
      responseType: ask.right === undefined ? 'none' : 'text',
      tags: { name: ask.name, journey: this.#journey },
    });
    // `duration` leaves out the time to get a connection.
    const tookMs = response.timings.blocked + response.timings.connecting + response.timings.duration;
    const latencyMs = this.#lateMs + tookMs;
    const outcome = outcomeOf(response, ask);
    const ended = ask.last || outcome !== 'ok';
    console.log(
      `R,${this.#step},${this.#arrival},${this.#journey},${ask.name},${Math.round(this.#dueMs)},${latencyMs.toFixed(3)},${OUTCOMES.indexOf(outcome)},${response.status},${ended ? 1 : 0}`,
    );
    if (outcome === 'stale') staleReads.add(1, { name: ask.name, journey: this.#journey });
    latencyFromDue.add(latencyMs, { name: ask.name, journey: this.#journey });
    // What follows is due at once: nobody waits in between.
    this.#dueMs = Date.now();
    this.#lateMs = 0;
    return outcome === 'ok' ? response : null;
  }
}

function outcomeOf(response: RefinedResponse<ResponseType>, ask: Ask): Outcome {
  if (response.error_code === REQUEST_TIMED_OUT) return 'timeout';
  if (response.status === 0) return 'error';
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
