import { useState, type JSX } from 'react';
import { lastOf, type Line } from '../data/lines.ts';
import { format, runTime } from '../view/format.ts';
import type { PanelView } from '../view/view-of.ts';

const ROWS = 25;

interface TableProps {
  readonly caption: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** A table of text in pages: a long hidden table makes a page slow. The last column is numbers. */
export function PagedTable({ caption, head, rows }: TableProps): JSX.Element {
  const [page, setPage] = useState(0);
  const pages = Math.max(1, Math.ceil(rows.length / ROWS));
  const shown = rows.slice(page * ROWS, (page + 1) * ROWS);
  return (
    <div className="dv-table">
      <table>
        <caption className="dv-spoken">{caption}</caption>
        <thead>
          <tr>
            {head.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map((cells, index) => (
            <tr key={`${page} ${index}`}>
              {cells.map((cell, column) => (
                <td key={head[column]}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {pages > 1 && (
        <p>
          <button type="button" disabled={page === 0} onClick={() => setPage(page - 1)}>
            Earlier
          </button>{' '}
          {`${page + 1} of ${pages}`}{' '}
          <button type="button" disabled={page === pages - 1} onClick={() => setPage(page + 1)}>
            Later
          </button>
        </p>
      )}
    </div>
  );
}

/** A table panel: the labels of each series, and its value. */
export function LabelTable({
  panel,
  lines,
}: {
  readonly panel: Extract<PanelView, { kind: 'table' }>;
  readonly lines: readonly Line[];
}): JSX.Element {
  const labels = [...new Set(lines.flatMap(({ series }) => Object.keys(series.labels)))].filter((label) => label !== '__name__');
  const rows = lines
    .toSorted((a, b) => (lastOf(b.series) ?? 0) - (lastOf(a.series) ?? 0))
    .map(({ series }) => [...labels.map((label) => series.labels[label] ?? ''), format(lastOf(series), panel.unit, panel.decimals)]);
  return <PagedTable caption={panel.title} head={[...labels, panel.valueHeading]} rows={rows} />;
}

/** The twin of a chart: a row for each time. */
export function TimeTable({
  panel,
  lines,
  times,
  startS,
}: {
  readonly panel: PanelView;
  readonly lines: readonly Line[];
  readonly times: readonly number[];
  readonly startS: number;
}): JSX.Element {
  const rows = times.map((at, index) => [
    runTime(at - startS),
    ...lines.map(({ series }) => format(series.values[index] ?? null, panel.unit, panel.decimals)),
  ]);
  return <PagedTable caption={panel.title} head={['time', ...lines.map(({ name }) => name)]} rows={rows} />;
}
