import type { JSX } from 'react';
import type { Exemplar } from '../data/panel-data.ts';
import { format, runTime } from '../view/format.ts';
import type { PanelView } from '../view/view-of.ts';

const MOST = 10;

/** The traced requests of a chart as a list, the slowest first: for those who do not press on a canvas. */
export function TraceList({
  panel,
  exemplars,
  startS,
  onTrace,
}: {
  readonly panel: PanelView;
  readonly exemplars: readonly Exemplar[];
  readonly startS: number;
  readonly onTrace: (trace: string) => void;
}): JSX.Element | null {
  if (exemplars.length === 0) return null;
  const shown = exemplars.toSorted((a, b) => b.value - a.value).slice(0, MOST);
  return (
    <details className="dv-traces">
      <summary>{`○ ${exemplars.length} traces${exemplars.length > MOST ? `, the ${MOST} slowest` : ''}`}</summary>
      <ul>
        {shown.map(({ atMs, value, trace }) => (
          <li key={`${trace} ${atMs}`}>
            <button type="button" onClick={() => onTrace(trace)}>
              {`${format(value, panel.unit, panel.decimals)} at ${runTime(atMs / 1000 - startS)}`}
            </button>
          </li>
        ))}
      </ul>
    </details>
  );
}
