import { panelQueries, type DashboardJson, type PanelQuery } from '@loadstair/dashboards';
import type { DataSource } from './provisioning.ts';

/** What every panel of some dashboards got through the address of its data source. */
export interface PanelAnswers {
  readonly dashboards: number;
  readonly panels: number;
  readonly queries: number;
  /** Panels whose queries have no series, with the words they show in that case; null where the dashboard gives none. */
  readonly empty: readonly { readonly panel: string; readonly says: string | null }[];
  /** Queries that were refused, with the answer. */
  readonly refused: readonly { readonly panel: string; readonly why: string }[];
}

const MOST_POINTS = 200;

/** Queries each panel once over a time, as a dashboard does when it is opened. */
export async function queryPanels(
  dashboards: readonly DashboardJson[],
  dataSource: DataSource,
  { startMs, endMs }: { readonly startMs: number; readonly endMs: number },
): Promise<PanelAnswers> {
  const rangeS = (endMs - startMs) / 1000;
  const stepS = Math.max(1, Math.ceil(rangeS / MOST_POINTS));
  const variables = { host: '.*', datasource: dataSource.uid };
  const refused: { panel: string; why: string }[] = [];
  const series = new Map<string, number>();
  const says = new Map<string, string | null>();
  let queries = 0;
  for (const dashboard of dashboards) {
    for (const query of panelQueries(dashboard, { stepS, rangeS, variables })) {
      const panel = `${query.uid}: ${query.title}`;
      queries += 1;
      says.set(panel, wordsWhenEmpty(dashboard, query.panelId));
      const answer = await ask(dataSource.url, query, { startMs, endMs, stepS });
      if (typeof answer === 'string') refused.push({ panel, why: answer });
      else series.set(panel, (series.get(panel) ?? 0) + answer);
    }
  }
  return {
    dashboards: dashboards.length,
    panels: says.size,
    queries,
    empty: [...says].flatMap(([panel, words]) => (series.get(panel) === 0 ? [{ panel, says: words }] : [])),
    refused,
  };
}

/** Number of series, or why there is no answer. */
async function ask(
  url: string,
  { asks, expr }: PanelQuery,
  { startMs, endMs, stepS }: { readonly startMs: number; readonly endMs: number; readonly stepS: number },
): Promise<number | string> {
  const times: Record<string, string> =
    asks === 'instant' ? { time: String(endMs / 1000) } : { start: String(startMs / 1000), end: String(endMs / 1000), step: String(stepS) };
  const response = await fetch(`${url}/api/v1/${asks === 'instant' ? 'query' : 'query_range'}`, {
    method: 'POST',
    body: new URLSearchParams({ query: expr, ...times }),
  });
  const text = await response.text();
  if (!response.ok) return `${response.status} ${text.slice(0, 300)}`;
  const { status, data } = JSON.parse(text) as { status: string; data?: { result: readonly unknown[] } };
  return status === 'success' && data !== undefined ? data.result.length : text.slice(0, 300);
}

function wordsWhenEmpty({ panels = [] }: DashboardJson, id: number): string | null {
  const panel = panels.find((one) => one.id === id) as { fieldConfig?: { defaults?: { noValue?: string } } } | undefined;
  return panel?.fieldConfig?.defaults?.noValue ?? null;
}
