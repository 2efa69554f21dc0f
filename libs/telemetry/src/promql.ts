import type { MetricDeclaration } from './names.ts';

/** A series by its declaration, or by the name of somebody else's. */
export type Metric = MetricDeclaration | string;
export type Matchers = Readonly<Record<string, string>>;

const nameOf = (metric: Metric): string => (typeof metric === 'string' ? metric : metric.name);

/** `name{label="value"}`; a value that begins with `=~` or `!=` brings its own operator. */
export function select(metric: Metric, matchers: Matchers = {}, suffix = ''): string {
  const inside = Object.entries(matchers).map(([label, value]) => {
    const [, operator = '=', rest = ''] = /^(=~|!=|!~)?(.*)$/s.exec(value) ?? [];
    return `${label}${operator}"${rest}"`;
  });
  return `${nameOf(metric)}${suffix}${inside.length === 0 ? '' : `{${inside.join(',')}}`}`;
}

export function rate(metric: Metric, matchers: Matchers = {}, suffix = ''): string {
  return `rate(${select(metric, matchers, suffix)}[$__rate_interval])`;
}

/** Growth over the whole time shown. */
export function grown(metric: Metric, matchers: Matchers = {}): string {
  return `increase(${select(metric, matchers)}[$__range])`;
}

/** What a counter that began within the time shown has counted: a run's generator starts from nothing, and `increase` misses its first sample. */
export function counted(metric: Metric, matchers: Matchers = {}): string {
  return `max_over_time(${select(metric, matchers)}[$__range])`;
}

export function sum(expression: string, by: readonly string[] = []): string {
  return `sum${by.length === 0 ? '' : ` by (${by.join(', ')})`} (${expression})`;
}

export function max(expression: string, by: readonly string[] = []): string {
  return `max${by.length === 0 ? '' : ` by (${by.join(', ')})`} (${expression})`;
}

/** Quantile over all series together: never a mean of quantiles. `le` is for classic histograms. */
export function quantile(
  share: number,
  metric: Metric,
  options: { matchers?: Matchers; by?: readonly string[]; classic?: boolean } = {},
): string {
  const { matchers = {}, by = [], classic = false } = options;
  const grouped = classic ? [...by, 'le'] : by;
  return `histogram_quantile(${share}, ${sum(rate(metric, matchers, classic ? '_bucket' : ''), grouped)})`;
}

/** Zero is true only where something was counted at all: `otherwise` is a series that is there when nothing of the kind happened. */
export function orNone(expression: string, otherwise: string): string {
  return `(${expression} or 0 * ${otherwise})`;
}
