import { annotationQueries, panelQueries, UnknownVariable, type DashboardJson } from '@loadstair/dashboards';
import type { PrometheusClient, Series } from '@loadstair/measure';
import type { KeptExemplar, KeptQuery, KeptSeries, RunWriter } from '@loadstair/runs';

/** A finer grid shows nothing more: the finest scrapes are a second apart, and rates are over several. */
const FINEST_S = 2;
/** Long runs get a coarser grid, so that a folder stays small. */
const MOST_POINTS = 300;
/** Prometheus shares the machine with what comes next. */
const AT_ONCE = 4;
const DIGITS = 5;

/**
 * Asks every query of some dashboards over a run, each expression once. A query that cannot be answered any more (Prometheus
 * died) has no series; the run is kept.
 */
export async function keepSeries(
  client: PrometheusClient,
  dashboards: readonly DashboardJson[],
  startMs: number,
  endMs: number,
): Promise<KeptSeries> {
  const rangeS = (endMs - startMs) / 1000;
  const grid: Grid = { startMs, endMs, stepS: Math.max(FINEST_S, Math.ceil(rangeS / MOST_POINTS)) };
  const options = { stepS: grid.stepS, rangeS, variables: { host: '.*', datasource: '' } };
  const queries = dashboards.flatMap((dashboard) =>
    (dashboard.panels ?? []).flatMap((panel) => known(() => panelQueries({ uid: dashboard.uid, panels: [panel] }, options))),
  );
  const marks = dashboards
    .flatMap(({ annotations }) =>
      (annotations?.list ?? []).flatMap((mark) => known(() => annotationQueries({ annotations: { list: [mark] } }, options))),
    )
    .map((mark) => ({ ...mark, asks: 'range' as const, reachS: 0 }));

  const asked = new Map([...queries, ...marks].map((query) => [keyOf(query), query]));
  const answers = new Map<string, KeptQuery>();
  const waiting = [...asked.entries()];
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) answers.set(next[0], await answer(client, next[1], grid));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));

  const panels: KeptSeries['panels'] = {};
  for (const query of queries) {
    const dashboard = (panels[query.uid] ??= {});
    const panel = (dashboard[query.panelId] ??= {});
    panel[query.refId] = answers.get(keyOf(query)) ?? [];
  }
  const exemplars: KeptSeries['exemplars'] = {};
  for (const query of queries.filter((one) => one.exemplars)) {
    const dashboard = (exemplars[query.uid] ??= {});
    dashboard[query.panelId] = await exemplarsOf(client, query.expr, grid);
  }
  return { ...grid, panels, exemplars, annotations: Object.fromEntries(marks.map((mark) => [mark.name, answers.get(keyOf(mark)) ?? []])) };
}

/** A panel of somebody's own that asks for a variable of theirs is left out; the others are shown. */
function known<Query>(queries: () => Query[]): Query[] {
  try {
    return queries();
  } catch (error) {
    if (error instanceof UnknownVariable) return [];
    throw error;
  }
}

/**
 * The series of a run that has been measured and judged, written last: without them there are no charts, and still a run.
 *
 * @param dashboards read when they are needed: somebody may have changed the folder
 */
export async function writeSeriesOf(
  writer: Pick<RunWriter, 'writeSeries'>,
  client: PrometheusClient,
  dashboards: () => readonly DashboardJson[],
  startMs: number,
  endMs: number,
): Promise<void> {
  try {
    writer.writeSeries(await keepSeries(client, dashboards(), startMs, endMs));
  } catch (error) {
    process.emitWarning(`No series were kept: ${(error as Error).message}`);
  }
}

interface Grid {
  readonly startMs: number;
  readonly endMs: number;
  readonly stepS: number;
}

interface Asked {
  readonly expr: string;
  readonly asks: 'range' | 'instant';
  readonly reachS: number;
}

const keyOf = ({ asks, expr }: Asked): string => `${asks} ${expr}`;

async function answer(client: PrometheusClient, { expr, asks, reachS }: Asked, grid: Grid): Promise<KeptQuery> {
  try {
    if (asks === 'instant') return (await client.query(expr, grid.endMs)).flatMap((series) => kept(series.labels, [series.points[0]?.[1]]));
    return (await client.range(expr, grid.startMs, grid.endMs, grid.stepS)).flatMap((series) =>
      kept(series.labels, onGrid(series, grid, reachS)),
    );
  } catch {
    // Left out, as the docstring says; the gate names what was not measured.
    return [];
  }
}

/** Single requests over the run; those before its start are of the warm-up. */
async function exemplarsOf(client: PrometheusClient, expr: string, { startMs, endMs }: Grid): Promise<KeptExemplar[]> {
  try {
    return (await client.exemplars(expr, startMs, endMs))
      .map(({ atMs, value, trace, labels }) => ({ atMs, value: Number(value.toPrecision(DIGITS)), trace, host: labels['host'] ?? null }))
      .filter(({ atMs }) => atMs >= startMs)
      .toSorted((a, b) => a.atMs - b.atMs);
  } catch {
    // Left out, like a query that cannot be answered.
    return [];
  }
}

/** Points that look back to before the start would show what came before (a warm-up, with the budgets lifted): they are left out. */
function onGrid(series: Series, { startMs, endMs, stepS }: Grid, reachS: number): (number | undefined)[] {
  const values = new Array<number | undefined>(Math.floor((endMs - startMs) / 1000 / stepS) + 1).fill(undefined);
  for (const [at, value] of series.points) {
    const index = Math.round((at - startMs / 1000) / stepS);
    if (index >= 0 && index * stepS >= reachS && index < values.length) values[index] = value;
  }
  return values;
}

/** A series without a single number is none. */
function kept(labels: Readonly<Record<string, string>>, found: readonly (number | undefined)[]): KeptQuery {
  const values = found.map((value) => (value === undefined || !Number.isFinite(value) ? null : Number(value.toPrecision(DIGITS))));
  return values.every((value) => value === null) ? [] : [{ labels: { ...labels }, values }];
}
