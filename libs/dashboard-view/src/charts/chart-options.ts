import type uPlot from 'uplot';
import { CHART_TOKENS, decades, type ChartColour } from '@loadstair/report-view';
import type { Line } from '../data/lines.ts';
import type { Exemplar } from '../data/panel-data.ts';
import type { Span } from '../data/states.ts';
import { formatShort, runTime } from '../view/format.ts';
import type { PanelView } from '../view/view-of.ts';
import { plainAxis } from './axis.ts';
import { drawExemplars, exemplarAt } from './exemplars.ts';
import type { Paper } from './use-plot.ts';

export type LinesPanel = Extract<PanelView, { kind: 'lines' }>;

export interface ChartInput {
  readonly panel: LinesPanel;
  readonly lines: readonly Line[];
  /** Epoch s of each point. */
  readonly times: readonly number[];
  /** Start of the run, epoch s: times are written from it. */
  readonly startS: number;
  /** Spans of faults, over the times. */
  readonly faults: readonly Span[];
  /** Positions at which a step begins, over the times. */
  readonly stepStarts: readonly number[];
  /** Traced requests, drawn as points that can be pressed. */
  readonly exemplars: readonly Exemplar[];
  /** Charts of one key share their cursor. */
  readonly syncKey: string;
  readonly paper: Paper;
  readonly onCursor: (index: number | null) => void;
  readonly onRange: (fromS: number, toS: number) => void;
  readonly onTrace: (trace: string) => void;
}

const AXIS_WIDTH = 60;
const AXIS_HEIGHT = 26;
/** Steps of an axis of bytes: only powers of two are round numbers of KiB. */
const BINARY_STEPS = Array.from({ length: 45 }, (_, power) => 2 ** power);
const SHORTEST_DRAG_PX = 8;
/** Where a person has few colours. */
const DASHES: Readonly<Partial<Record<ChartColour, readonly number[]>>> = { second: [8, 4], third: [2, 4], fourth: [8, 4, 2, 4] };

/** Aligned data for uPlot; a logarithmic axis has no place for what is not above zero. */
export function chartData({ panel, lines, times }: Pick<ChartInput, 'panel' | 'lines' | 'times'>): uPlot.AlignedData {
  const fit = (value: number | null): number | null => (panel.log && value !== null && value <= 0 ? null : value);
  return [[...times], ...lines.map(({ series }) => times.map((_, index) => fit(series.values[index] ?? null)))];
}

/** From zero to what there is, and the limit always in sight. Null is what uPlot says when there is no data. */
export function linearRange(highest: number | null, lowest: number | null, limit: number | null): [number, number] {
  const top = Math.max(highest ?? 0, limit ?? 0);
  return [Math.min(0, lowest ?? 0), top <= 0 ? 1 : top * 1.08];
}

/** Whole powers of ten around the data and the limit. */
export function logRange(lowest: number | null, highest: number | null, limit: number | null): [number, number] {
  const known = [lowest, highest, limit].filter((value): value is number => value !== null && value > 0);
  if (known.length === 0) return [0.001, 1];
  const from = 10 ** Math.floor(Math.log10(Math.min(...known)));
  const to = 10 ** Math.ceil(Math.log10(Math.max(...known)));
  return [from, to > from ? to : from * 10];
}

/** What uPlot needs to draw a panel of lines. */
export function chartOptions(input: ChartInput): uPlot.Options {
  const { panel, lines, startS, syncKey, paper } = input;
  const { colours } = paper;
  return {
    width: paper.width,
    height: paper.height,
    legend: { show: false },
    padding: [8, 8, 0, 0],
    cursor: {
      sync: { key: syncKey, setSeries: false },
      drag: { x: true, y: false, setScale: false, dist: SHORTEST_DRAG_PX },
      points: { size: 6 },
      y: false,
    },
    scales: {
      x: { time: false },
      y: panel.log
        ? { distr: 3, range: (_, low, high) => logRange(low, high, panel.limit) }
        : { range: (_, low, high) => linearRange(high, low, panel.limit) },
    },
    axes: [
      { ...plainAxis(paper, 'x', AXIS_HEIGHT), values: (_, splits) => splits.map((at) => runTime(at - startS)) },
      {
        ...plainAxis(paper, 'y', AXIS_WIDTH),
        values: (_, splits) => splits.map((at) => formatShort(at, panel.unit)),
        // All of them: uPlot leaves out every second power.
        filter: (_, splits) => splits,
        ...(panel.log ? { splits: (_, __, low, high) => decades(low, high) } : {}),
        ...(panel.unit.kind.startsWith('bytes') ? { incrs: BINARY_STEPS } : {}),
      },
    ],
    series: [
      {},
      ...lines.map((line) => ({
        label: line.name,
        stroke: colours[CHART_TOKENS[line.colour]],
        ...(paper.forced ? { dash: [...(DASHES[line.colour] ?? [])] } : {}),
        width: line.colour === 'muted' ? 1 : 2,
        points: { show: false },
        spanGaps: false,
      })),
    ],
    hooks: {
      draw: [(plot) => drawMarks(plot, input), (plot) => drawExemplars(plot, input.exemplars, colours.ink)],
      ready: [(plot) => followPresses(plot, input)],
      setCursor: [(plot) => input.onCursor(plot.cursor.idx ?? null)],
      setSelect: [
        (plot) => {
          const { left, width } = plot.select;
          if (width >= SHORTEST_DRAG_PX) input.onRange(plot.posToVal(left, 'x'), plot.posToVal(left + width, 'x'));
          plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
        },
      ],
    },
  };
}

/** A press on a point leads to its trace; uPlot keeps a press that ends a drag to itself. */
function followPresses(plot: uPlot, input: ChartInput): void {
  plot.over.addEventListener('click', ({ offsetX, offsetY }) => {
    const pressed = exemplarAt(plot, input.exemplars, { left: offsetX, top: offsetY });
    if (pressed !== null) input.onTrace(pressed.trace);
  });
}

/** The limit as a dashed warm line, steps as hairlines, faults as a hatch of thin strokes. */
function drawMarks(plot: uPlot, { panel, paper: { colours }, times, stepStarts, faults }: ChartInput): void {
  const { ctx, bbox } = plot;
  const x = (index: number): number => plot.valToPos(times[Math.min(index, times.length - 1)] ?? 0, 'x', true);
  const stroke = (colour: string, dash: readonly number[], draw: () => void): void => {
    ctx.beginPath();
    ctx.strokeStyle = colour;
    ctx.setLineDash([...dash]);
    draw();
    ctx.stroke();
  };
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  ctx.lineWidth = devicePixelRatio;
  stroke(
    colours[CHART_TOKENS.fourth],
    [1, 3].map((part) => part * devicePixelRatio),
    () => {
      for (const index of stepStarts) {
        ctx.moveTo(x(index), bbox.top);
        ctx.lineTo(x(index), bbox.top + bbox.height);
      }
    },
  );
  stroke(colours.muted, [], () => {
    for (const { from, to } of faults) {
      for (let at = x(from); at <= x(to); at += 6 * devicePixelRatio) {
        ctx.moveTo(at, bbox.top + bbox.height);
        ctx.lineTo(at + 6 * devicePixelRatio, bbox.top + bbox.height - 10 * devicePixelRatio);
      }
    }
  });
  if (panel.limit !== null) {
    const y = plot.valToPos(panel.limit, 'y', true);
    ctx.lineWidth = 1.5 * devicePixelRatio;
    stroke(
      colours.limit,
      [6, 4].map((part) => part * devicePixelRatio),
      () => {
        ctx.moveTo(bbox.left, y);
        ctx.lineTo(bbox.left + bbox.width, y);
      },
    );
  }
  ctx.restore();
}
