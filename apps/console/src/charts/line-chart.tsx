import 'uplot/dist/uPlot.min.css';
import { useId, useMemo, useState, type KeyboardEvent, type ReactNode } from 'react';
import { indexAfter, usePlot, useSpoken } from '@loadstair/dashboard-view';
import type uPlot from 'uplot';
import { plotOptions, type Gap, type LineSeries, type Mark } from './plot-options.ts';
import { ZoomButtons } from './zoom-buttons.tsx';
import type { AxisSpan } from './zoom.ts';
import { Heads } from '../shell/heads.tsx';

export interface LineChartProps {
  readonly title: string;
  /** What the chart shows now, one sentence: for those who do not see the canvas. */
  readonly summary: string;
  readonly xs: readonly number[];
  readonly series: readonly LineSeries[];
  /** Filled in the colour of a limit, between two lines. */
  readonly gap: Gap | null;
  readonly log: boolean;
  readonly mark: Mark | null;
  /** Words of an x, for the cursor and the table. */
  readonly xWords: (x: number) => string;
  readonly yWords: (y: number) => string;
}

const HEIGHT = 130;
const ROWS = 25;
/** Points below which there is no part to look at. */
const LEAST_TO_ZOOM = 20;
const LEAST_SHOWN_S = 10;

/** Lines over time on a canvas, with everything a canvas does not give: a summary, keys, a table. */
export function LineChart(props: LineChartProps): ReactNode {
  const { title, summary, xWords, yWords } = props;
  const [shown, show] = useState<AxisSpan | null>(null);
  const { xs, series, gap } = useMemo(() => partOf(props, shown), [props.xs, props.series, props.gap, shown]);
  const [cursor, setCursor] = useState<number | null>(null);
  const summaryId = useId();
  const shape = `${series.map((one) => one.label).join()} ${props.log} ${props.mark?.y ?? ''}`;
  const data = useMemo(
    (): uPlot.AlignedData => [[...xs], ...series.map((one) => [...one.values]), ...(gap === null ? [] : [[...gap.top], [...gap.bottom]])],
    [xs, series, gap],
  );
  const { frame, plot } = usePlot(shape, HEIGHT, (paper) => plotOptions({ ...props, series, gap, paper, onRange: show }), data);

  const move = (event: KeyboardEvent): void => {
    const index = indexAfter(event.key, event.shiftKey, cursor ?? xs.length - 1, xs.length - 1);
    if (index === null) return;
    event.preventDefault();
    setCursor(index);
    plot.current?.setCursor({ left: plot.current.valToPos(xs[index] ?? 0, 'x'), top: plot.current.over.clientHeight / 2 });
  };
  const at = cursor === null ? undefined : xs[cursor];
  const spoken = useSpoken(
    at === undefined || cursor === null
      ? ''
      : `${xWords(at)}: ${series.map((one) => `${one.label} ${wordsOf(one.values[cursor], yWords)}`).join(', ')}`,
  );
  return (
    <figure className="chart">
      <h3>{title}</h3>
      <div
        ref={frame}
        className="plot"
        tabIndex={0}
        role="img"
        aria-label={title}
        aria-describedby={summaryId}
        onKeyDown={move}
        onBlur={() => setCursor(null)}
      />
      <figcaption id={summaryId}>{summary}</figcaption>
      <p className="unseen" aria-live="polite">
        {spoken}
      </p>
      {shown === null && props.xs.length < LEAST_TO_ZOOM ? null : (
        <p className="tools">
          <ZoomButtons
            of="time"
            whole={{ from: props.xs[0] ?? 0, to: props.xs.at(-1) ?? 1 }}
            shown={shown}
            least={LEAST_SHOWN_S}
            words={xWords}
            onShow={show}
          />
        </p>
      )}
      <ChartTable {...props} />
    </figure>
  );
}

/** What lies in a part of the axis; all of it where null. */
function partOf(
  { xs, series, gap }: Pick<LineChartProps, 'xs' | 'series' | 'gap'>,
  shown: AxisSpan | null,
): Pick<LineChartProps, 'xs' | 'series' | 'gap'> {
  if (shown === null) return { xs, series, gap };
  const from = xs.findIndex((x) => x >= shown.from);
  const to = xs.findLastIndex((x) => x <= shown.to) + 1;
  const cut = <Value,>(values: readonly Value[]): readonly Value[] => (from === -1 ? [] : values.slice(from, to));
  return {
    xs: cut(xs),
    series: series.map((one) => ({ ...one, values: cut(one.values) })),
    gap: gap === null ? null : { top: cut(gap.top), bottom: cut(gap.bottom) },
  };
}

function wordsOf(value: number | null | undefined, words: (y: number) => string): string {
  return value === null || value === undefined ? '–' : words(value);
}

/** The same numbers as a table, built only when it is opened. */
function ChartTable({ title, xs, series, xWords, yWords }: LineChartProps): ReactNode {
  const [open, setOpen] = useState(false);
  const [page, setPage] = useState(0);
  const pages = Math.max(1, Math.ceil(xs.length / ROWS));
  const from = Math.min(page, pages - 1) * ROWS;
  return (
    <details className="as-table" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>View as table</summary>
      {open ? (
        <>
          <table aria-label={title}>
            <Heads columns={['time', ...series.map((one) => one.label)]} />
            <tbody>
              {xs.slice(from, from + ROWS).map((x, row) => (
                <tr key={x}>
                  <td>{xWords(x)}</td>
                  {series.map((one) => (
                    <td key={one.label}>{wordsOf(one.values[from + row], yWords)}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
          <p className="pages">
            <button type="button" disabled={from === 0} onClick={() => setPage(page - 1)}>
              Earlier
            </button>
            <button type="button" disabled={from + ROWS >= xs.length} onClick={() => setPage(page + 1)}>
              Later
            </button>
          </p>
        </>
      ) : null}
    </details>
  );
}
