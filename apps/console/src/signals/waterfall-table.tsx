import { useState, type CSSProperties, type ReactNode } from 'react';
import { milliseconds } from '@loadstair/analysis';
import { Divider } from './divider.tsx';
import type { Stretch } from './critical-path.ts';
import type { TimeAxis } from './time-axis.ts';
import { linesOf, type Waterfall, type WaterfallNode } from './waterfall.ts';

/** A trace of more spans opens with only its first two levels. */
const MOST_OPEN = 200;
/** Width of the names, px. */
const NAMES = { least: 140, first: 300, most: 640 } as const;
/** Marks of the axis of time; the last is the end. */
const MARKS = [0, 0.25, 0.5, 0.75] as const;

/** The lines of a request over one axis of time, from when it was due. */
export function WaterfallTable({ waterfall }: { readonly waterfall: Waterfall }): ReactNode {
  const { top, axis, fromMs, toMs, beforeMs, spans } = waterfall;
  const [turned, setTurned] = useState<ReadonlySet<string>>(new Set());
  const [names, setNames] = useState<number>(NAMES.first);
  const isClosed = (node: WaterfallNode): boolean => opensClosed(node, top, spans) !== turned.has(node.key);
  const turn = (key: string): void =>
    setTurned((before) => (before.has(key) ? new Set([...before].filter((one) => one !== key)) : new Set([...before, key])));
  return (
    <>
      <div className="scroll" tabIndex={0}>
        <table className="waterfall" style={{ '--names': `${names}px` } as CSSProperties}>
          <thead>
            <tr>
              <th scope="col" className="names">
                span
                <Divider label="Width of the names" width={names} least={NAMES.least} most={NAMES.most} onWidth={setNames} />
              </th>
              <th scope="col" className="left host">
                host
              </th>
              <th scope="col">ms</th>
              <th scope="col">own ms</th>
              <th scope="col" className="left time">
                <Marks axis={axis} fromMs={fromMs} toMs={toMs} due={beforeMs !== null} />
              </th>
            </tr>
          </thead>
          <tbody>
            {beforeMs === null ? null : <Before axis={axis} fromMs={fromMs} beforeMs={beforeMs} />}
            {linesOf(top, isClosed).map(({ node, depth }) => (
              <Line key={node.key} node={node} depth={depth} axis={axis} closed={isClosed(node)} onTurn={() => turn(node.key)} />
            ))}
          </tbody>
        </table>
      </div>
      <p className="muted legend">
        <span className="sample own" /> own time <span className="sample" /> waiting for the spans below{' '}
        <span className="sample not-traced" /> not traced <span className="sample path" /> critical path
        {axis.cuts.length === 0 ? null : ' · ⋯ idle time, cut short'}
      </p>
    </>
  );
}

/** Repeated ones are closed; so is, in a large trace, everything below the first two levels. */
function opensClosed({ kind, key }: WaterfallNode, top: WaterfallNode, spans: number): boolean {
  return kind === 'folded' || (spans > MOST_OPEN && key !== top.key);
}

/** Between when the request was due and the first that is known of it. */
function Before({ axis, fromMs, beforeMs }: { readonly axis: TimeAxis; readonly fromMs: number; readonly beforeMs: number }): ReactNode {
  return (
    <tr>
      <th scope="row" className="muted">
        before the first span
      </th>
      <td className="left host">–</td>
      <td>{milliseconds(beforeMs)}</td>
      <td>–</td>
      <td className="time">
        <Bar className="not-traced" axis={axis} stretch={{ fromMs, toMs: fromMs + beforeMs }} />
      </td>
    </tr>
  );
}

function Line({
  node,
  depth,
  axis,
  closed,
  onTurn,
}: {
  readonly node: WaterfallNode;
  readonly depth: number;
  readonly axis: TimeAxis;
  readonly closed: boolean;
  readonly onTurn: () => void;
}): ReactNode {
  const { kind, name, host, failed, query, times, own, notTraced, ownMs, path, below } = node;
  const words = `${failed ? '✕ ' : ''}${name}${times > 1 ? ` ×${times}` : ''}`;
  const isGap = (stretch: Stretch): boolean => notTraced.some((gap) => gap.fromMs === stretch.fromMs && gap.toMs === stretch.toMs);
  return (
    <tr>
      <th scope="row" className={kind === 'not-traced' ? 'muted' : undefined} style={{ paddingLeft: 10 + 16 * depth }}>
        {below.length === 0 ? null : (
          <button type="button" className="turn" aria-expanded={!closed} aria-label={`What ${name} waited for`} onClick={onTurn}>
            {closed ? '▸' : '▾'}
          </button>
        )}
        {query === null ? (
          words
        ) : (
          <details>
            <summary>{words}</summary>
            <code>{query.replace(/\s+/g, ' ')}</code>
          </details>
        )}
      </th>
      <td className="left host">{host}</td>
      <td>{milliseconds(kind === 'not-traced' ? ownMs : node.toMs - node.fromMs)}</td>
      <td>{milliseconds(ownMs)}</td>
      <td className="time">
        {kind === 'not-traced' ? null : <Bar axis={axis} stretch={node} />}
        {own
          .filter((stretch) => !isGap(stretch))
          .map((stretch) => (
            <Bar key={`own ${stretch.fromMs}`} className="own" axis={axis} stretch={stretch} />
          ))}
        {notTraced.map((stretch) => (
          <Bar key={`gap ${stretch.fromMs}`} className="not-traced" axis={axis} stretch={stretch} />
        ))}
        {path.map((stretch) => (
          <Bar key={`path ${stretch.fromMs}`} className="path" axis={axis} stretch={stretch} />
        ))}
      </td>
    </tr>
  );
}

function Bar({
  className = '',
  axis: { at },
  stretch: { fromMs, toMs },
}: {
  readonly className?: string;
  readonly axis: TimeAxis;
  readonly stretch: Stretch;
}): ReactNode {
  return <span className={`span ${className}`} style={{ left: percentage(at(fromMs)), width: percentage(at(toMs) - at(fromMs)) }} />;
}

/** Milliseconds since the left end; where idle time was cut, how much of it. */
function Marks({
  axis: { at, cuts },
  fromMs,
  toMs,
  due,
}: {
  readonly axis: TimeAxis;
  readonly fromMs: number;
  readonly toMs: number;
  readonly due: boolean;
}): ReactNode {
  const length = toMs - fromMs;
  // With a cut, quarters of the time are not quarters of the axis.
  const marks = cuts.length > 0 ? [0] : MARKS;
  return (
    <>
      {marks.map((share) => (
        <span key={share} className="at" style={{ left: percentage(at(fromMs + share * length)) }}>
          {share === 0 ? (due ? 'due' : '0 ms') : milliseconds(share * length)}
        </span>
      ))}
      {cuts.map((cut) => (
        <span key={cut.fromMs} className="at" style={{ left: percentage(cut.at) }} title={`${milliseconds(cut.toMs - cut.fromMs)} ms idle`}>
          ⋯
        </span>
      ))}
      <span className="at end">{milliseconds(length)} ms</span>
    </>
  );
}

function percentage(share: number): string {
  return `${100 * share}%`;
}
