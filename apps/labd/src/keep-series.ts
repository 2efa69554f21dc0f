import type { PrometheusClient } from '@loadstair/measure';

/** What Prometheus held of a run, so that its dashboards can be drawn anywhere and later. */
export interface KeptSeries {
  readonly startMs: number;
  readonly endMs: number;
  readonly stepS: number;
  readonly series: readonly { readonly labels: Readonly<Record<string, string>>; readonly values: readonly (number | null)[] }[];
}

const STEP_S = 2;
/** Families the dashboards draw: recording rules, hosts, lab, business; k6's own are native histograms, kept as rules. */
const FAMILIES = [
  '{__name__=~"tier:.+"}',
  '{__name__=~"container_.+"}',
  '{__name__=~"lab_.+"}',
  '{__name__=~"business_.+"}',
  'rate({__name__=~"haproxy_backend_http_requests_total|haproxy_server_http_responses_total"}[15s])',
];

/** Ranges of every family; a family that cannot be read any more (Prometheus died) is left out, the run is kept. */
export async function keepSeries(client: PrometheusClient, startMs: number, endMs: number): Promise<KeptSeries> {
  const count = Math.floor((endMs - startMs) / 1000 / STEP_S) + 1;
  const answers = await Promise.allSettled(FAMILIES.map((family) => client.range(family, startMs, endMs, STEP_S)));
  return {
    startMs,
    endMs,
    stepS: STEP_S,
    series: answers.flatMap((answer) =>
      answer.status === 'rejected'
        ? []
        : answer.value.map(({ labels, points }) => {
            const values: (number | null)[] = Array.from({ length: count }, () => null);
            for (const [at, value] of points) {
              const index = Math.round((at - startMs / 1000) / STEP_S);
              if (index >= 0 && index < count && Number.isFinite(value)) values[index] = value;
            }
            return { labels, values };
          }),
    ),
  };
}
