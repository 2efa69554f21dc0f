/** A scraped page of metrics in Prometheus's text format. */
export interface Exposition {
  readonly text: string;
  /** Type of each family by its name. */
  readonly types: ReadonlyMap<string, string>;
  /** Value of the one series whose labels include these; null when there is none. */
  value(name: string, labels?: Readonly<Record<string, string>>): number | null;
}

export async function scrape(url: string): Promise<Exposition> {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}`);
  const text = await answer.text();
  const series = [...text.matchAll(/^(\w+)(?:\{(.*)\})? (\S+)$/gm)].map(([, name = '', labels = '', value = '']) => ({
    name,
    labels: new Map([...labels.matchAll(/(\w+)="([^"]*)"/g)].map(([, key = '', word = '']) => [key, word])),
    value: Number(value),
  }));
  return {
    text,
    types: new Map([...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name = '', type = '']) => [name, type])),
    value(name, labels = {}) {
      const found = series.filter(
        (one) => one.name === name && Object.entries(labels).every(([key, word]) => one.labels.get(key) === word),
      );
      return found[0]?.value ?? null;
    },
  };
}

/** Where the lab of an instance serves its own. */
export const labMetricsUrl = (instance: number): string => `http://127.${instance}.254.1:9400/metrics`;

/** Requests a web server has answered since it started, from its own counters on its private address. */
export async function requestsServed(address: string): Promise<number> {
  const { text } = await scrape(`http://${address}:9464/metrics`);
  return [...text.matchAll(/^http_server_request_duration_seconds_count\{.*\} (\S+)$/gm)].reduce(
    (sum, [, count]) => sum + Number(count),
    0,
  );
}
