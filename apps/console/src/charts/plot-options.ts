import uPlot from 'uplot';
import { canvasFont, plainAxis, type Paper } from '@loadstair/dashboard-view';
import { decadeAbove, decadeBelow, decades } from '@loadstair/report-view';
import { SHORTEST_DRAG_PX, type AxisSpan } from './zoom.ts';

/** One line. Colours are names of tokens. */
export interface LineSeries {
  readonly label: string;
  readonly values: readonly (number | null)[];
  readonly token: 'through' | 'ink' | 'muted' | 'limit';
  readonly width: 1 | 2;
  readonly dashed?: boolean;
  readonly stepped?: boolean;
}

/** Two lines with what lies between them. */
export interface Gap {
  readonly top: readonly (number | null)[];
  readonly bottom: readonly (number | null)[];
}

/** A level with its words, for example the SLO. */
export interface Mark {
  readonly y: number;
  readonly words: string;
}

interface Wanted {
  readonly series: readonly LineSeries[];
  readonly gap: Gap | null;
  readonly log: boolean;
  readonly mark: Mark | null;
  readonly xWords: (x: number) => string;
  readonly yWords: (y: number) => string;
  readonly paper: Paper;
  /** A part of the axis was chosen by a drag. */
  readonly onRange: (span: AxisSpan) => void;
}

/** The borders of a gap are lines that stand there already. */
const HIDDEN: uPlot.Series = { width: 0, points: { show: false } };

/** Round spans of time between ticks. */
const SECONDS = [1, 5, 10, 15, 30, 60, 120, 300, 600];

/** Room above the chart, and for words at the ends of lines; px at the usual size of text. */
const [TOP, ENDS_WIDTH] = [12, 92];

/** A chart as ux.md §5 wants it: hairlines, no legend, labels at the ends of lines. */
export function plotOptions(wanted: Wanted): uPlot.Options {
  const { width, height, colours, textScale } = wanted.paper;
  return {
    width,
    height,
    legend: { show: false },
    padding: [TOP * textScale, ENDS_WIDTH * textScale, 0, 0],
    cursor: { drag: { x: true, y: false, setScale: false, dist: SHORTEST_DRAG_PX }, points: { size: 6 } },
    scales: {
      x: { time: false },
      y: wanted.log
        ? {
            distr: 3,
            range: (_plot, low, high) => [decadeBelow(Math.max(1, low || 1)), decadeAbove(Math.max(high || 1, wanted.mark?.y ?? 1))],
          }
        : { range: (_plot, _low, high) => [0, Math.max(1, (high || 1) * 1.1)] },
    },
    axes: [
      { ...plainAxis(wanted.paper, 'x', 26), incrs: SECONDS, values: (_plot, ticks) => ticks.map(wanted.xWords) },
      {
        ...plainAxis(wanted.paper, 'y', 48),
        // uPlot's own filter of a log axis would blank some of the decades.
        ...(wanted.log
          ? {
              splits: (_plot: uPlot, _axis: number, low: number, high: number) => decades(low, high),
              filter: (_plot: uPlot, splits: number[]) => splits,
            }
          : {}),
        values: (_plot, ticks) => ticks.map((tick) => tick.toLocaleString('en')),
      },
    ],
    series: [
      {},
      ...wanted.series.map((one) => ({
        label: one.label,
        stroke: colours[one.token],
        width: one.width,
        points: { show: false },
        ...(one.dashed === true ? { dash: [5, 4] } : {}),
        ...(one.stepped === true && uPlot.paths.stepped !== undefined ? { paths: uPlot.paths.stepped({ align: -1 }) } : {}),
      })),
      ...(wanted.gap === null ? [] : [HIDDEN, HIDDEN]),
    ],
    bands: wanted.gap === null ? [] : [{ series: [wanted.series.length + 1, wanted.series.length + 2], fill: colours.wash }],
    hooks: {
      draw: [(plot) => drawMark(plot, wanted), (plot) => drawEnds(plot, wanted)],
      setSelect: [(plot) => chooseRange(plot, wanted)],
    },
  };
}

function chooseRange(plot: uPlot, { onRange }: Wanted): void {
  const { left, width } = plot.select;
  if (width >= SHORTEST_DRAG_PX) onRange({ from: plot.posToVal(left, 'x'), to: plot.posToVal(left + width, 'x') });
  plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
}

function drawMark(plot: uPlot, { mark, paper: { colours, textScale } }: Wanted): void {
  if (mark === null) return;
  const { ctx, bbox } = plot;
  const y = plot.valToPos(mark.y, 'y', true);
  if (y < bbox.top || y > bbox.top + bbox.height) return;
  ctx.save();
  ctx.strokeStyle = colours.limit;
  ctx.fillStyle = colours.limit;
  ctx.lineWidth = devicePixelRatio;
  ctx.setLineDash([5 * devicePixelRatio, 4 * devicePixelRatio]);
  ctx.beginPath();
  ctx.moveTo(bbox.left, y);
  ctx.lineTo(bbox.left + bbox.width, y);
  ctx.stroke();
  ctx.font = canvasFont(textScale * devicePixelRatio);
  ctx.textAlign = 'left';
  ctx.textBaseline = 'bottom';
  ctx.fillText(mark.words, bbox.left + 6 * devicePixelRatio, y - 2 * devicePixelRatio);
  ctx.restore();
}

/** Each line is labelled at its end, with its last value; labels that would meet are moved apart. */
function drawEnds(plot: uPlot, { series, yWords, paper: { colours, textScale } }: Wanted): void {
  const { ctx, bbox } = plot;
  const height = 14 * textScale * devicePixelRatio;
  const labels = series
    .flatMap((one, index) => {
      const last = [...(plot.data[index + 1] ?? [])].findLast((value) => typeof value === 'number');
      return typeof last === 'number' ? [{ one, value: last, y: plot.valToPos(last, 'y', true) }] : [];
    })
    .sort((a, b) => a.y - b.y);
  let below = -Infinity;
  ctx.save();
  ctx.font = canvasFont(textScale * devicePixelRatio);
  ctx.textAlign = 'left';
  ctx.textBaseline = 'middle';
  for (const { one, value, y } of labels) {
    below = Math.max(y, below + height);
    ctx.fillStyle = colours[one.token];
    ctx.fillText(`${one.label} ${yWords(value)}`, bbox.left + bbox.width + 6 * devicePixelRatio, below);
  }
  ctx.restore();
}
