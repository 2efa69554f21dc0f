/** The calls the lab makes of Prometheus's HTTP API (https://prometheus.io/docs/prometheus/latest/querying/api/). */
export interface PrometheusClient {
  /** Instant query; one number a series. Throws PrometheusUnavailable. */
  query(expression: string, atMs: number): Promise<readonly Series[]>;
  range(expression: string, startMs: number, endMs: number, stepS: number): Promise<readonly Series[]>;
  /** Single values with the trace they were measured in, of the series an expression reads. Throws PrometheusUnavailable. */
  exemplars(expression: string, startMs: number, endMs: number): Promise<readonly Exemplar[]>;
}

/** One measured value, and where it can be looked at. */
export interface Exemplar {
  readonly atMs: number;
  readonly value: number;
  readonly trace: string;
  /** Of the series it belongs to. */
  readonly labels: Readonly<Record<string, string>>;
}

export interface Series {
  readonly labels: Readonly<Record<string, string>>;
  /** [epoch s, value]; an instant query has one. */
  readonly points: readonly (readonly [number, number])[];
}

export class PrometheusUnavailable extends Error {
  readonly url: string;
  constructor(url: string, reason: string) {
    super(`Prometheus at ${url} did not answer: ${reason}. See .lab/instances/<instance>/lab.log.`);
    this.name = 'PrometheusUnavailable';
    this.url = url;
  }
}

const TIMEOUT_MS = 10_000;

export function prometheusClient(url: string): PrometheusClient {
  const ask = async <Data>(path: string, parameters: Record<string, string>): Promise<Data> => {
    let body: ApiAnswer<Data>;
    try {
      const response = await fetch(`${url}/api/v1/${path}`, {
        method: 'POST',
        body: new URLSearchParams(parameters),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      body = (await response.json()) as ApiAnswer<Data>;
    } catch (error) {
      throw new PrometheusUnavailable(url, (error as Error).message);
    }
    if (body.status !== 'success') throw new PrometheusUnavailable(url, body.error);
    return body.data;
  };
  const call = async (path: string, parameters: Record<string, string>): Promise<readonly Series[]> =>
    (await ask<{ readonly result: readonly ApiSeries[] }>(path, parameters)).result.map((one) => ({
      labels: one.metric,
      points: (one.values ?? (one.value === undefined ? [] : [one.value])).map(([at, value]) => [at, Number(value)] as const),
    }));
  return {
    query: (expression, atMs) => call('query', { query: expression, time: String(atMs / 1000) }),
    range: (expression, startMs, endMs, stepS) =>
      call('query_range', {
        query: expression,
        start: String(startMs / 1000),
        end: String(endMs / 1000),
        step: String(stepS),
      }),
    async exemplars(expression, startMs, endMs) {
      const found = await ask<readonly ApiExemplars[]>('query_exemplars', {
        query: expression,
        start: String(startMs / 1000),
        end: String(endMs / 1000),
      });
      return found.flatMap(({ seriesLabels, exemplars }) =>
        exemplars.flatMap(({ labels, value, timestamp }) => {
          const trace = labels['trace_id'];
          return trace === undefined ? [] : [{ atMs: Math.round(1000 * timestamp), value: Number(value), trace, labels: seriesLabels }];
        }),
      );
    },
  };
}

type ApiAnswer<Data> = { status: 'success'; data: Data } | { status: 'error'; error: string };

interface ApiExemplars {
  seriesLabels: Record<string, string>;
  exemplars: { labels: Record<string, string>; value: string; timestamp: number }[];
}

interface ApiSeries {
  metric: Record<string, string>;
  value?: [number, string];
  values?: [number, string][];
}
