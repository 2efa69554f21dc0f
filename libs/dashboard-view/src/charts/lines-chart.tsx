import { useMemo, useRef, useState, type JSX, type KeyboardEvent } from 'react';
import { format, runTime } from '../view/format.ts';
import { Legend } from './legend.tsx';
import { chartData, chartOptions, type ChartInput } from './chart-options.ts';
import { summaryOf } from './summary.ts';
import { TraceList } from './trace-list.tsx';
import { indexAfter, usePlot } from './use-plot.ts';
import { useSpoken } from './use-spoken.ts';

export type LinesChartProps = Omit<ChartInput, 'paper' | 'onCursor'> & { readonly height: number };

/** Lines over time: a canvas, with a sentence and keys for those who cannot use a mouse. */
export function LinesChart(props: LinesChartProps): JSX.Element {
  const { panel, lines, times, startS, exemplars, height, onRange, onTrace } = props;
  const [cursor, setCursor] = useState<number | null>(null);
  const mark = useRef<number | null>(null);
  const spoken = useSpoken(cursor === null ? '' : cursorText(props, cursor));
  const latest = useRef(props);
  latest.current = props;

  const shape = JSON.stringify([panel.id, props.syncKey, lines.map(({ name, colour }) => [name, colour])]);
  const data = useMemo(() => chartData({ panel, lines, times }), [panel, lines, times, exemplars]);
  const { frame, plot } = usePlot(
    shape,
    height,
    (paper) => {
      const input: ChartInput = {
        ...latest.current,
        paper,
        onCursor: setCursor,
        onRange: (from, to) => latest.current.onRange(from, to),
        onTrace: (trace) => latest.current.onTrace(trace),
      };
      // Marks move with the data, so they are read when they are drawn.
      return chartOptions(liveInput(input, latest));
    },
    data,
  );

  const key = (event: KeyboardEvent): void => {
    // What stands below the picture has keys of its own.
    if (event.target !== event.currentTarget) return;
    const at = cursor ?? times.length - 1;
    const to = indexAfter(event.key, event.shiftKey, at, times.length - 1);
    if (to !== null) plot.current?.setCursor({ left: plot.current.valToPos(times[to] ?? 0, 'x'), top: 0 });
    else if (event.key === 'Enter') setEdge(at);
    else return;
    event.preventDefault();
  };
  /** Enter sets one edge of a range, and again the other. */
  const setEdge = (index: number): void => {
    const other = mark.current;
    mark.current = other === null ? index : null;
    if (other !== null && other !== index) onRange(times[Math.min(other, index)] ?? startS, times[Math.max(other, index)] ?? startS);
  };

  return (
    <figure className="dv-chart" tabIndex={0} onKeyDown={key} aria-label={summaryOf(panel, lines)}>
      <div ref={frame} style={{ minHeight: height }} aria-hidden="true" />
      <Legend panel={panel} lines={lines} index={cursor} />
      <TraceList panel={panel} exemplars={exemplars} startS={startS} onTrace={onTrace} />
      <span className="dv-spoken" aria-live="polite">
        {spoken}
      </span>
    </figure>
  );
}

function liveInput(input: ChartInput, latest: { readonly current: LinesChartProps }): ChartInput {
  return {
    ...input,
    get times() {
      return latest.current.times;
    },
    get stepStarts() {
      return latest.current.stepStarts;
    },
    get faults() {
      return latest.current.faults;
    },
    get exemplars() {
      return latest.current.exemplars;
    },
  };
}

function cursorText({ panel, lines, times, startS }: LinesChartProps, index: number): string {
  const values = lines.map(({ name, series }) => `${name} ${format(series.values[index] ?? null, panel.unit, panel.decimals)}`);
  return `${runTime((times[index] ?? startS) - startS)}: ${values.join(', ')}`;
}
