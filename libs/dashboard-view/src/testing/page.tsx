import { useState, type JSX } from 'react';
import { createRoot } from 'react-dom/client';
import '@loadstair/report-view/tokens.css';
import '../dashboard.css';
import '../contrast.css';
import { DashboardView } from '../dashboard-view.tsx';
import type { DashboardData, TimeRange } from '../data/panel-data.ts';
import { viewOf, type DashboardView as Model } from '../view/view-of.ts';

/** One dashboard of a kept run: `?uid=run&theme=dark`. The server of the tests has its files. */
const asked = new URLSearchParams(location.search);
const uid = asked.get('uid') ?? '';
const theme = asked.get('theme') === 'dark' ? 'dark' : 'light';

type Kept = Omit<DashboardData, 'panels' | 'exemplars'> & {
  readonly panels: Readonly<Record<string, DashboardData['panels']>>;
  /** The kept run is older than they are. */
  readonly exemplars?: Readonly<Record<string, DashboardData['exemplars']>>;
};

function Page({ view, kept }: { readonly view: Model; readonly kept: Kept }): JSX.Element {
  const [range, onRange] = useState<TimeRange | null>(null);
  const [host, onHost] = useState<string | null>(null);
  const data = { ...kept, panels: kept.panels[uid] ?? {}, exemplars: kept.exemplars?.[uid] ?? {} };
  return (
    <>
      <h1>{view.title}</h1>
      <DashboardView
        view={view}
        data={data}
        range={range}
        onRange={onRange}
        host={host}
        onHost={onHost}
        onTrace={(trace) => (location.hash = trace)}
      />
    </>
  );
}

async function show(): Promise<void> {
  const [dashboard, kept] = await Promise.all([`/generated/${uid}.json`, '/series.json'].map(async (path) => (await fetch(path)).json()));
  document.documentElement.dataset['theme'] = theme;
  document.body.style.background = 'var(--bg)';
  document.body.style.color = 'var(--ink)';
  document.body.style.fontFamily = 'system-ui, sans-serif';
  createRoot(document.getElementById('root') as HTMLElement).render(<Page view={viewOf(dashboard)} kept={kept as Kept} />);
}

await show();
