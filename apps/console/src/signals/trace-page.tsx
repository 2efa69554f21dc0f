import type { ReactNode } from 'react';
import { milliseconds } from '@loadstair/analysis';
import type { TraceAnswer } from '@loadstair/lab-api';
import { Link, useSearchParams } from 'wouter';
import { useReading } from '../lab/use-reading.ts';
import { RunTabs } from '../run-tabs.tsx';
import { Failed, Loading } from '../shell/states.tsx';
import { useTitle } from '../shell/use-title.ts';
import { LogTable } from './log-table.tsx';
import { PathTable } from './path-table.tsx';
import { WaterfallTable } from './waterfall-table.tsx';
import { waterfall } from './waterfall.ts';

/** One arrival as its traces tell it: each request with what it waited for. */
export function TracePage({ id, trace }: { readonly id: string; readonly trace: string }): ReactNode {
  useTitle(`Trace ${trace.slice(0, 4)} · run ${id}`);
  const [query] = useSearchParams();
  const { reading } = useReading('GET /api/runs/{run}/traces/{trace}', [{ path: { run: id, trace } }]);
  return (
    <>
      <RunTabs id={id} />
      {reading.state === 'loading' ? <Loading what="the trace" /> : null}
      {reading.state === 'failed' ? <Failed failure={reading.failure} /> : null}
      {'answer' in reading ? <Trace id={id} answer={reading.answer} chosen={query.get('span')} /> : null}
    </>
  );
}

function Trace({
  id,
  answer: { spans, logs, requests },
  chosen,
}: {
  readonly id: string;
  readonly answer: TraceAnswer;
  readonly chosen: string | null;
}): ReactNode {
  const known = new Set(spans.map(({ span }) => span));
  const roots = spans.filter(({ parent }) => parent === null || !known.has(parent)).sort((a, b) => a.startMs - b.startMs);
  const shown = roots.find(({ span }) => span === chosen) ?? roots[0];
  const laidOut = shown === undefined ? null : waterfall(spans, shown.span);
  if (shown === undefined || laidOut === null) return null;
  const others = roots.filter((root) => root !== shown);
  const request = requests.find(({ span }) => span === shown.span);
  return (
    <>
      <h1>
        {shown.name} · {milliseconds(laidOut.toMs - laidOut.fromMs)} ms
      </h1>
      {request === undefined ? null : (
        <p className="run-header">
          {request.step === null ? null : (
            <>
              <Link href={`/runs/${id}?step=${request.step}#steps`}>step {request.step}</Link>
              {' · '}
            </>
          )}
          <Link href={`/runs/${id}/traces?route=${encodeURIComponent(request.route)}`}>
            {request.alike.toLocaleString('en')} traced {request.alike === 1 ? 'request' : 'requests'} of {request.route}
          </Link>
        </p>
      )}
      <PathTable waterfall={laidOut} />
      <h2>Timeline</h2>
      <WaterfallTable key={shown.span} waterfall={laidOut} />
      {others.length === 0 ? null : (
        <>
          <h2>Other requests of this arrival</h2>
          <ul>
            {others.map((root) => (
              <li key={root.span}>
                <Link href={`/runs/${id}/traces/${root.trace}?span=${root.span}`}>
                  {root.name} · {milliseconds(root.endMs - root.startMs)} ms
                </Link>
              </li>
            ))}
          </ul>
        </>
      )}
      <h2>Log lines of this trace</h2>
      {logs.length === 0 ? <p>No host logged a warning or an error for this trace.</p> : <LogTable id={id} lines={logs} />}
    </>
  );
}
