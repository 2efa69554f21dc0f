import type { ReactNode } from 'react';
import { milliseconds } from '@loadstair/analysis';
import type { TraceAnswer } from '@loadstair/lab-api';
import type { Span } from '@loadstair/runs';
import { Link, useSearchParams } from 'wouter';
import { useReading } from '../lab/use-reading.ts';
import { RunTabs } from '../run-tabs.tsx';
import { Failed, Loading } from '../shell/states.tsx';
import { useTitle } from '../shell/use-title.ts';
import { LogTable } from './log-table.tsx';
import { waterfall, type WaterfallRow } from './waterfall.ts';
import { Heads, left } from '../shell/heads.tsx';

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
  answer: { spans, logs },
  chosen,
}: {
  readonly id: string;
  readonly answer: TraceAnswer;
  readonly chosen: string | null;
}): ReactNode {
  const known = new Set(spans.map(({ span }) => span));
  const roots = spans.filter(({ parent }) => parent === null || !known.has(parent)).sort((a, b) => a.startMs - b.startMs);
  const shown = roots.find(({ span }) => span === chosen) ?? roots[0];
  if (shown === undefined) return null;
  const others = roots.filter((root) => root !== shown);
  return (
    <>
      <h1>
        {shown.name} · {milliseconds(shown.endMs - shown.startMs)} ms
      </h1>
      <Waterfall spans={spans} root={shown} />
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
      <h2>Its log lines</h2>
      {logs.length === 0 ? <p>No warning or error was written in it.</p> : <LogTable id={id} lines={logs} />}
    </>
  );
}

function Waterfall({ spans, root }: { readonly spans: readonly Span[]; readonly root: Span }): ReactNode {
  const total = root.endMs - root.startMs;
  return (
    <>
      <div className="scroll" tabIndex={0}>
        <table className="waterfall">
          <Heads columns={['span', left('host', 'left host'), 'ms', 'own ms', left(`0 to ${milliseconds(total)} ms`, 'left time')]} />
          <tbody>
            {waterfall(spans, root.span).map((row) => (
              <WaterfallLine key={row.span.span} row={row} total={total} />
            ))}
          </tbody>
        </table>
      </div>
      <p className="muted">Full colour: its own time. Faint, or an outline: waiting for what stands below it.</p>
    </>
  );
}

function WaterfallLine({ row, total }: { readonly row: WaterfallRow; readonly total: number }): ReactNode {
  const percent = (ms: number): string => `${(100 * ms) / Math.max(total, 0.001)}%`;
  const text = row.span.attributes['db.query.text'];
  return (
    <tr>
      <th scope="row" style={{ paddingLeft: 10 + 16 * row.depth }}>
        {row.span.failed ? '✕ ' : ''}
        {typeof text === 'string' ? (
          <details>
            <summary>
              {row.span.name}
              {row.times > 1 ? ` ×${row.times}` : ''}
            </summary>
            <code>{text.replace(/\s+/g, ' ')}</code>
          </details>
        ) : (
          row.span.name
        )}
      </th>
      <td className="left host">{row.span.host}</td>
      <td>{milliseconds(row.durationMs)}</td>
      <td>{milliseconds(row.ownMs)}</td>
      <td className="time">
        <span className="span" style={{ left: percent(row.fromMs), width: percent(row.durationMs) }} />
        {row.own.map(({ fromMs, durationMs }) => (
          <span key={fromMs} className="span own" style={{ left: percent(fromMs), width: percent(durationMs) }} />
        ))}
      </td>
    </tr>
  );
}
