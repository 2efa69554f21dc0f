import '@loadstair/dashboard-view/dashboard.css';
import { useMemo, type ReactNode } from 'react';
import { DashboardView, viewOf, type TimeRange } from '@loadstair/dashboard-view';
import type { DashboardAnswer, DashboardsAnswer } from '@loadstair/lab-api';
import { Link, useSearchParams } from 'wouter';
import { useReading } from '../lab/use-reading.ts';
import { RunTabs } from '../run-tabs.tsx';
import { Failed, Loading } from '../shell/states.tsx';
import { useShownTheme } from '../shell/use-theme.ts';
import { useTitle } from '../shell/use-title.ts';
import { rangeText, readRange } from './time-range.ts';

/** Where the looking begins. */
const FIRST = 'run';

/** Dashboards of a run, as Grafana has them; time and host stand in the address. */
export function DashboardsPage({ id, uid = FIRST }: { readonly id: string; readonly uid?: string }): ReactNode {
  const { reading: list } = useReading<DashboardsAnswer>(`/api/runs/${id}/dashboards`);
  const { reading } = useReading<DashboardAnswer>(`/api/runs/${id}/dashboards/${uid}`);
  useTitle(`Dashboards · run ${id}`);
  return (
    <>
      <RunTabs id={id} />
      <nav className="stages" aria-label="Dashboards">
        {'answer' in list
          ? list.answer.map((one) => (
              <Link key={one.uid} href={`/runs/${id}/dashboards/${one.uid}`} aria-current={one.uid === uid ? 'page' : undefined}>
                {one.title}
              </Link>
            ))
          : null}
      </nav>
      {reading.state === 'loading' ? <Loading what="series" /> : null}
      {reading.state === 'failed' ? <Failed failure={reading.failure} /> : null}
      {'answer' in reading ? <Dashboard answer={reading.answer} /> : null}
    </>
  );
}

function Dashboard({ answer }: { readonly answer: DashboardAnswer }): ReactNode {
  const [query, setQuery] = useSearchParams();
  const theme = useShownTheme();
  const view = useMemo(() => viewOf(answer.dashboard), [answer]);
  const { data } = answer;
  const asked = readRange(query.get('t'));
  const range = useMemo(
    () => (asked === null ? null : { fromMs: data.startMs + asked.fromS * 1000, toMs: data.startMs + asked.toS * 1000 }),
    [asked?.fromS, asked?.toS, data],
  );
  const keep = (name: 't' | 'host', value: string | null): void => {
    const next = new URLSearchParams(query);
    if (value === null) next.delete(name);
    else next.set(name, value);
    setQuery(next, { replace: true });
  };
  const onRange = (next: TimeRange | null): void =>
    keep('t', next === null ? null : rangeText({ fromS: (next.fromMs - data.startMs) / 1000, toS: (next.toMs - data.startMs) / 1000 }));
  return (
    <>
      <h1>{view.title}</h1>
      <DashboardView
        view={view}
        data={data}
        range={range}
        onRange={onRange}
        host={query.get('host')}
        onHost={(host) => keep('host', host)}
        theme={theme}
      />
    </>
  );
}
