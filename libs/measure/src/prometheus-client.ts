/** The two calls the lab makes of Prometheus's HTTP API (https://prometheus.io/docs/prometheus/latest/querying/api/). */
export interface PrometheusClient {
  /** Instant query; one number a series. Throws PrometheusUnavailable. */
  query(expression: string, atMs: number): Promise<readonly Series[]>;
  range(expression: string, startMs: number, endMs: number, stepS: number): Promise<readonly Series[]>;
}

export interface Series {
  readonly labels: Readonly<Record<string, string>>;
  /** [epoch s, value]; an instant query has one. */
  readonly points: readonly (readonly [number, number])[];
}

export class PrometheusUnavailable extends Error {
  readonly url: string;
  constructor(url: string, reason: string) {
    super(`Prometheus at ${url} did not answer: ${reason}. See ./lab logs prometheus.`);
    this.name = 'PrometheusUnavailable';
    this.url = url;
  }
}

const TIMEOUT_MS = 10_000;

export function prometheusClient(url: string): PrometheusClient {
  const call = async (path: string, parameters: Record<string, string>): Promise<readonly Series[]> => {
    let body: ApiAnswer;
    try {
      const response = await fetch(`${url}/api/v1/${path}`, {
        method: 'POST',
        body: new URLSearchParams(parameters),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      body = (await response.json()) as ApiAnswer;
    } catch (error) {
      throw new PrometheusUnavailable(url, (error as Error).message);
    }
    if (body.status !== 'success') throw new PrometheusUnavailable(url, body.error);
    return body.data.result.map((one) => ({
      labels: one.metric,
      points: (one.values ?? (one.value === undefined ? [] : [one.value])).map(([at, value]) => [at, Number(value)] as const),
    }));
  };
  return {
    query: (expression, atMs) => call('query', { query: expression, time: String(atMs / 1000) }),
    range: (expression, startMs, endMs, stepS) =>
      call('query_range', {
        query: expression,
        start: String(startMs / 1000),
        end: String(endMs / 1000),
        step: String(stepS),
      }),
  };
}

type ApiAnswer = { status: 'success'; data: { result: ApiSeries[] } } | { status: 'error'; error: string };

interface ApiSeries {
  metric: Record<string, string>;
  value?: [number, string];
  values?: [number, string][];
}
