import { useEffect, useMemo, useState, type ReactNode } from 'react';
import { DashboardView, viewOf, type TimeRange } from '@loadstair/dashboard-view';
import '@loadstair/dashboard-view/dashboard.css';
import '@loadstair/dashboard-view/contrast.css';
import type { DashboardAnswer } from '@loadstair/lab-api';
import { Link, useLocation, useSearchParams } from 'wouter';
import { failureOf, type Failure } from '../lab/lab-error.ts';
import { useReading } from '../lab/use-reading.ts';
import { PauseButton, PausedNote } from '../live/pause.tsx';
import { RunTabs } from '../run-tabs.tsx';
import { Failed, Loading } from '../shell/states.tsx';
import { useTitle } from '../shell/use-title.ts';
import { rangeIn, rangeText } from './range.ts';

/** Services are scraped this often; asking more often shows nothing new. */
const LIVE_MS = 5000;

/** What is shown, from when it was stopped. */
interface Paused {
  readonly sinceMs: number;
  readonly answer: DashboardAnswer;
}

/** A dashboard of a run, as Grafana would show it; what is looked at stands in the address. */
export function DashboardsPage({ id, uid }: { readonly id: string; readonly uid: string }): ReactNode {
  useTitle(`Dashboards · run ${id}`);
  const [going, setGoing] = useState(false);
  const { reading } = useReading('GET /api/runs/{run}/dashboards/{uid}', [{ path: { run: id, uid } }], going ? LIVE_MS : null);
  const latest = 'answer' in reading ? reading.answer : null;
  const [paused, setPaused] = useState<Paused | null>(null);
  const answer = paused?.answer ?? latest;
  useEffect(() => setGoing(latest?.going ?? false), [latest?.going]);
  return (
    <>
      <RunTabs id={id} />
      {answer === null ? null : (
        <nav className="tabs" aria-label="Dashboards">
          {answer.dashboards.map((one) => (
            <Link key={one.uid} href={`/runs/${id}/dashboards/${one.uid}`} aria-current={one.uid === uid ? 'page' : undefined}>
              {one.title}
            </Link>
          ))}
        </nav>
      )}
      {reading.state === 'loading' ? <Loading what="the dashboard" /> : null}
      {reading.state === 'failed' ? <Failed failure={reading.failure} /> : null}
      {answer === null || !(going || paused !== null) ? null : (
        <div className="choices">
          <PauseButton paused={paused !== null} onPause={() => setPaused({ sinceMs: Date.now(), answer })} onGoOn={() => setPaused(null)} />
          <PausedNote sinceMs={paused?.sinceMs ?? null} ended={going ? null : 'its report is under Run.'} />
        </div>
      )}
      {answer === null ? null : <Dashboard id={id} answer={answer} />}
    </>
  );
}

function Dashboard({ id, answer }: { readonly id: string; readonly answer: DashboardAnswer }): ReactNode {
  const [, go] = useLocation();
  const [query, setQuery] = useSearchParams();
  const drawn = useMemo(() => drawable(answer.dashboard), [answer.dashboard]);
  const { startMs } = answer.data;
  const asked = query.get('t');
  const range = useMemo(() => rangeIn(asked, startMs), [asked, startMs]);
  const put = (name: string, value: string | null): void => {
    const next = new URLSearchParams(query);
    if (value === null) next.delete(name);
    else next.set(name, value);
    setQuery(next, { replace: true });
  };
  if ('failure' in drawn) return <Failed failure={drawn.failure} />;
  return (
    <>
      <h1>{drawn.view.title}</h1>
      <p className="muted">{drawn.view.description}</p>
      <DashboardView
        view={drawn.view}
        data={answer.data}
        range={range}
        onRange={(next: TimeRange | null) => put('t', next === null ? null : rangeText(next, startMs))}
        host={query.get('host')}
        onHost={(host) => put('host', host)}
        onTrace={(trace) => go(`/runs/${id}/traces/${trace}`)}
      />
    </>
  );
}

type Drawable = { readonly view: ReturnType<typeof viewOf> } | { readonly failure: Failure };

function drawable(dashboard: unknown): Drawable {
  try {
    return { view: viewOf(dashboard) };
  } catch (error) {
    return { failure: failureOf(error) };
  }
}
