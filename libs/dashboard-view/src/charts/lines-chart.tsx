import { useEffect, useRef, useState, type JSX, type KeyboardEvent } from 'react';
import uPlot from 'uplot';
import { format, runTime } from '../view/format.ts';
import { Legend } from './legend.tsx';
import { chartData, chartOptions, type ChartInput } from './chart-options.ts';
import { summaryOf } from './summary.ts';

export type LinesChartProps = Omit<ChartInput, 'size' | 'onCursor'> & { readonly height: number };

/** A value under the cursor is spoken once the cursor rests. */
const SPOKEN_AFTER_MS = 250;
const BIG_STEP = 10;

/** Lines over time: a canvas, with a sentence and keys for those who cannot use a mouse. */
export function LinesChart(props: LinesChartProps): JSX.Element {
  const { panel, lines, times, startS, height, onRange } = props;
  const frame = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const [cursor, setCursor] = useState<number | null>(null);
  const mark = useRef<number | null>(null);
  const spoken = useSpoken(cursor === null ? '' : cursorText(props, cursor));
  const latest = useRef(props);
  latest.current = props;

  // A chart is made anew when it shows other series; new values of the same ones only move its lines.
  const shape = JSON.stringify([panel.id, props.theme, props.syncKey, height, lines.map(({ name, colour }) => [name, colour])]);
  useEffect(() => {
    const element = frame.current;
    if (element === null) return;
    const width = (): number => Math.max(1, element.clientWidth);
    const input: ChartInput = {
      ...latest.current,
      size: { width: width(), height },
      onCursor: setCursor,
      onRange: (from, to) => latest.current.onRange(from, to),
    };
    // Marks move with the data, so they are read when they are drawn.
    const made = new uPlot(chartOptions(liveInput(input, latest)), chartData(latest.current), element);
    plot.current = made;
    const resized = new ResizeObserver(() => made.setSize({ width: width(), height }));
    resized.observe(element);
    return () => {
      resized.disconnect();
      made.destroy();
      plot.current = null;
    };
  }, [shape, height]);

  useEffect(() => plot.current?.setData(chartData(latest.current)), [lines, times]);

  const move = (index: number): void => {
    const to = Math.min(times.length - 1, Math.max(0, index));
    plot.current?.setCursor({ left: plot.current.valToPos(times[to] ?? 0, 'x'), top: 0 });
  };
  const key = (event: KeyboardEvent): void => {
    const step = event.shiftKey ? BIG_STEP : 1;
    const at = cursor ?? times.length - 1;
    if (event.key === 'ArrowLeft') move(at - step);
    else if (event.key === 'ArrowRight') move(at + step);
    else if (event.key === 'Home') move(0);
    else if (event.key === 'End') move(times.length - 1);
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
      <div ref={frame} style={{ height }} aria-hidden="true" />
      <Legend panel={panel} lines={lines} index={cursor} />
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
  };
}

function cursorText({ panel, lines, times, startS }: LinesChartProps, index: number): string {
  const values = lines.map(({ name, series }) => `${name} ${format(series.values[index] ?? null, panel.unit, panel.decimals)}`);
  return `${runTime((times[index] ?? startS) - startS)}: ${values.join(', ')}`;
}

function useSpoken(text: string): string {
  const [said, say] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => say(text), SPOKEN_AFTER_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return said;
}
