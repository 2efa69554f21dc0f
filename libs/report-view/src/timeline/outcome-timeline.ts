import type { OutcomeTimeline } from '@loadstair/experiments/outcome';
import { milliseconds, rate, type Slo } from '@loadstair/analysis';
import { html, type Html } from '../html.ts';
import { movedApart } from '../labels.ts';
import { runTime } from '../run-time.ts';
import { brokenPath, decadeAbove, decadeBelow, decades, linear, ticks, type Scale } from '../scale.ts';
import { CHARACTER, markLabels } from './mark-labels.ts';
import { slicesIn, wholeOf, type Slice, type TimeWindow } from './timeline-window.ts';

/** Seconds after the first action, between which somebody said that everything is answered again. */
export interface PredictedSpan {
  readonly low: number;
  readonly high: number;
}

export interface TimelineLook {
  /** px at which it is shown, so that its text has the size of the page's. */
  readonly width?: number;
  /** Null is all of it. */
  readonly window?: TimeWindow | null;
  readonly predicted?: PredictedSpan | null;
}

const WIDTH = 860;
const [LEFT, RIGHT] = [52, 84];
const RULER = { top: 20, bottom: 40 };
const LOAD = { title: 58, top: 66, bottom: 150 };
const FAILED = { title: 176, top: 184, bottom: 240 };
/** Room for what was predicted, below the failed requests. */
const BRACKET = 26;
const LATENCY = { title: 266, top: 274, bottom: 384 };
const BELOW = 26;

interface Plot {
  readonly title: number;
  readonly top: number;
  readonly bottom: number;
}

/** Where the plots lie, px from the left of a chart that is so wide. */
export function timelinePlot(width = WIDTH): { readonly left: number; readonly right: number } {
  return { left: LEFT, right: width - RIGHT };
}

/**
 * What users felt while an experiment went on: load, failed requests and latency over one axis of time, with its phases above and a
 * mark for everything that was done.
 */
export function outcomeTimeline(timeline: OutcomeTimeline, slo: Slo, look: TimelineLook = {}): Html {
  const { width = WIDTH, predicted = null } = look;
  const { left, right } = timelinePlot(width);
  const whole = wholeOf(timeline);
  const window = look.window ?? whole;
  const slices = slicesIn(timeline, window);
  const x = linear([window.fromMs, window.toMs], [left, right]);
  const latency = predicted === null ? LATENCY : moved(LATENCY, BRACKET);
  const height = latency.bottom + BELOW;
  const marks = timeline.marks
    .map((mark, index) => ({ ...mark, number: index + 1 }))
    .filter(({ beganMs, endedMs }) => endedMs >= window.fromMs && beganMs < window.toMs);
  const atMark = ({ beganMs }: { readonly beganMs: number }): number => Math.max(left, x(beganMs));
  return html`<svg class="timeline" viewBox="0 0 ${width} ${height}" role="img" aria-label="${summary(timeline, slices, window, slo)}">
    ${marks.map((mark) => html`<rect class="doing" x="${px(atMark(mark))}" width="${px(Math.max(0, Math.min(right, x(mark.endedMs)) - atMark(mark)))}" y="${RULER.bottom}" height="${latency.bottom - RULER.bottom}" />`)}
    ${marks.map((mark) => html`<line class="mark" x1="${px(atMark(mark))}" x2="${px(atMark(mark))}" y1="${RULER.top - 4}" y2="${latency.bottom}"><title>${mark.text}</title></line>`)}
    ${ruler(timeline, window, x)} ${loadPlot(timeline, slices, window, x, right)} ${failedPlot(slices, x, right)}
    ${latencyPlot(slices, x, right, latency, slo)}
    ${markLabels(
      marks.map((mark) => ({ x: atMark(mark), text: mark.text })),
      width,
      marks[0]?.number,
    ).map((label) => html`<text class="ink" x="${px(label.x)}" y="12">${label.text}</text>`)}
    ${predicted === null || timeline.marks[0] === undefined ? null : bracket(predicted, timeline.marks[0].beganMs, window, x, width)}
    ${timeTicks(window, whole.fromMs, width).map((second) => html`<text x="${px(x(whole.fromMs + 1000 * second))}" y="${latency.bottom + 18}" text-anchor="middle">${runTime(second)}</text>`)}
  </svg>`;
}

/** Phases in a row; a name that does not fit is cut, and whole in its title. */
function ruler({ phases }: OutcomeTimeline, window: TimeWindow, x: Scale): Html {
  return html`${phases.flatMap((phase) => {
    const [from, to] = [x(Math.max(window.fromMs, phase.startMs)), x(Math.min(window.toMs, phase.endMs))];
    if (to <= from) return [];
    const fits = Math.floor((to - from - 8) / CHARACTER);
    const words = phase.name.length <= fits ? phase.name : fits >= 4 ? `${phase.name.slice(0, fits - 1)}…` : '';
    return [
      html`<rect class="phase" x="${px(from)}" width="${px(to - from)}" y="${RULER.top}" height="${RULER.bottom - RULER.top}">
          <title>${phase.name}</title></rect
        ><text x="${px((from + to) / 2)}" y="${RULER.bottom - 6}" text-anchor="middle">${words}</text>`,
    ];
  })}`;
}

function loadPlot({ phases }: OutcomeTimeline, slices: readonly Slice[], window: TimeWindow, x: Scale, right: number): Html {
  const offered = phases.flatMap((phase) => {
    const [fromMs, toMs] = [Math.max(window.fromMs, phase.startMs), Math.min(window.toMs, phase.endMs)];
    return phase.offered === null || toMs <= fromMs ? [] : [{ fromMs, toMs, rate: phase.offered }];
  });
  const most = 1.1 * Math.max(1, ...offered.map((one) => one.rate), ...slices.map(({ completedPerS }) => completedPerS));
  const y = linear([0, most], [LOAD.bottom, LOAD.top]);
  const ends = movedApart([
    { words: 'offered', token: '', at: y(offered.at(-1)?.rate ?? 0) },
    { words: 'completed', token: 'ink', at: y(slices.at(-1)?.completedPerS ?? 0) },
  ]);
  return html`<text class="on-lines" x="${LEFT}" y="${LOAD.title}">Load, arrivals/s</text>
    ${grid(ticks(most, 3), y, right)}
    <path
      class="line muted offered"
      d="${offered.map((one, index) => `${index === 0 ? 'M' : 'L'}${px(x(one.fromMs))} ${px(y(one.rate))}H${px(x(one.toMs))}`).join('')}"
    />
    <path class="line" d="${brokenPath(slices.map((slice) => [middle(slice, x), y(slice.completedPerS)]))}" />
    ${ends.map(({ words, token, at }) => html`<text class="${token}" x="${right + 8}" y="${px(at + 4)}">${words}</text>`)}
    ${axis(LOAD, right)}`;
}

function failedPlot(slices: readonly Slice[], x: Scale, right: number): Html {
  const most = Math.max(...slices.map(({ failedPerS }) => failedPerS), 0);
  const y = linear([0, 1.1 * Math.max(1, most)], [FAILED.bottom, FAILED.top]);
  return html`<text class="on-lines" x="${LEFT}" y="${FAILED.title}">Failed requests/s${most === 0 ? ': none' : ''}</text>
    ${grid(ticks(1.1 * Math.max(1, most), 2), y, right)}
    ${slices.flatMap((slice) => {
      if (slice.failed === 0) return [];
      const [from, to] = [Math.max(LEFT, x(slice.startMs)), Math.min(right, x(slice.endMs))];
      return [
        html`<rect
          class="failed"
          x="${px(from)}"
          width="${px(Math.max(1, to - from - 0.5))}"
          y="${px(y(slice.failedPerS))}"
          height="${px(FAILED.bottom - y(slice.failedPerS))}"
        />`,
      ];
    })}
    ${axis(FAILED, right)}`;
}

function latencyPlot(slices: readonly Slice[], x: Scale, right: number, at: Plot, slo: Slo): Html {
  const known = slices.flatMap(({ medianMs, quantileMs }) => [medianMs, quantileMs]).flatMap((ms) => (ms !== null && ms > 0 ? [ms] : []));
  const [low, high] = [decadeBelow(Math.min(slo.latencyMs, ...known)), decadeAbove(Math.max(slo.latencyMs, ...known))];
  const log = linear([Math.log10(low), Math.log10(high)], [at.bottom, at.top]);
  const y = (ms: number): number => log(Math.log10(Math.max(low, ms)));
  const name = `p${100 * slo.quantile}`;
  const last = (value: keyof Pick<Slice, 'medianMs' | 'quantileMs'>): number =>
    slices.findLast((slice) => slice[value] !== null)?.[value] ?? low;
  const line = (value: keyof Pick<Slice, 'medianMs' | 'quantileMs'>): string =>
    brokenPath(slices.map((slice) => [middle(slice, x), slice[value] === null ? null : y(slice[value])]));
  const ends = movedApart([
    { words: name, token: 'ink', at: y(last('quantileMs')) },
    { words: 'p50', token: '', at: y(last('medianMs')) },
  ]);
  return html`<text class="on-lines" x="${LEFT}" y="${at.title}">Latency from the due time, ms</text>
    ${grid(decades(low, high), y, right)}
    <line class="slo" x1="${LEFT}" x2="${right}" y1="${px(y(slo.latencyMs))}" y2="${px(y(slo.latencyMs))}" />
    <path class="line muted" d="${line('medianMs')}" />
    <path class="line ink" d="${line('quantileMs')}" />
    <text class="warm on-lines" x="${LEFT + 6}" y="${px(y(slo.latencyMs) - 5)}">SLO ${name} ≤ ${slo.latencyMs} ms</text>
    ${known.length === 0 ? null : html`${ends.map(({ words, token, at: end }) => html`<text class="${token}" x="${right + 8}" y="${px(end + 4)}">${words}</text>`)}`}
    ${axis(at, right)}`;
}

/** Where somebody said that everything is answered again, below the failed requests. */
function bracket({ low, high }: PredictedSpan, sinceMs: number, window: TimeWindow, x: Scale, width: number): Html {
  const inside = (ms: number): number => Math.min(window.toMs, Math.max(window.fromMs, ms));
  const [from, to] = [x(inside(sinceMs + 1000 * low)), x(inside(sinceMs + 1000 * high))];
  const words = `you said: answered again after ${low}–${high} s`;
  const half = (words.length * CHARACTER) / 2;
  return html`<g class="predicted">
    <path d="M${px(from)} ${FAILED.bottom + 6}H${px(Math.max(from + 2, to))}" />
    ${[from, to].map((at) => html`<path stroke-dasharray="2 4" d="M${px(at)} ${FAILED.top}V${FAILED.bottom + 6}" />`)}
    <text class="ink" x="${px(Math.min(width - half, Math.max(half, (from + to) / 2)))}" y="${FAILED.bottom + 21}" text-anchor="middle"
      >${words}</text
    >
  </g>`;
}

function grid(at: readonly number[], y: Scale, right: number): Html {
  return html`${at.map((tick) => html`<line class="grid" x1="${LEFT}" x2="${right}" y1="${px(y(tick))}" y2="${px(y(tick))}" /><text x="${LEFT - 8}" y="${px(y(tick) + 4)}" text-anchor="end">${Number(tick.toPrecision(6)).toLocaleString('en')}</text>`)}`;
}

function axis({ bottom }: Plot, right: number): Html {
  return html`<line class="axis" x1="${LEFT}" x2="${right}" y1="${bottom}" y2="${bottom}" />`;
}

function moved({ title, top, bottom }: Plot, by: number): Plot {
  return { title: title + by, top: top + by, bottom: bottom + by };
}

/** Steps of the axis of time, s. */
const STEPS_S = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800] as const;
const LONGEST_STEP_S = 3600;
/** px between two times. */
const TIME_APART = 90;

/** Seconds from the start of load that are written below. */
function timeTicks({ fromMs, toMs }: TimeWindow, startMs: number, width: number): number[] {
  const [from, to] = [(fromMs - startMs) / 1000, (toMs - startMs) / 1000];
  const most = Math.max(2, Math.floor((width - LEFT - RIGHT) / TIME_APART));
  const step = STEPS_S.find((one) => (to - from) / one <= most) ?? LONGEST_STEP_S;
  const first = Math.ceil(from / step);
  return Array.from({ length: Math.max(0, Math.min(most + 1, Math.floor(to / step) - first + 1)) }, (_, index) => (first + index) * step);
}

function middle({ startMs, endMs }: Slice, x: Scale): number {
  return x((startMs + endMs) / 2);
}

/** A tenth of a pixel is as exact as anybody sees. */
function px(value: number): number {
  return Number(value.toFixed(1));
}

/** `Over 0:45 of load 3 of 1,303 requests failed, between 0:20 and 0:22; p95 at most 812 ms, at 0:21. web-1 lost power at 0:20.` */
function summary(timeline: OutcomeTimeline, slices: readonly Slice[], { fromMs, toMs }: TimeWindow, slo: Slo): string {
  const at = (ms: number): string => runTime((ms - timeline.startMs) / 1000);
  const requests = slices.reduce((sum, slice) => sum + slice.requests, 0);
  const failing = slices.filter(({ failed }) => failed > 0);
  const failed = failing.reduce((sum, slice) => sum + slice.failed, 0);
  const when = failed === 0 ? '' : `, between ${at(failing[0]?.startMs ?? fromMs)} and ${at(failing.at(-1)?.endMs ?? toMs)}`;
  const slowest = slices.reduce<Slice | null>(
    (most, slice) => (slice.quantileMs !== null && slice.quantileMs > (most?.quantileMs ?? -1) ? slice : most),
    null,
  );
  const latency =
    slowest?.quantileMs == null ? '' : `; p${100 * slo.quantile} at most ${milliseconds(slowest.quantileMs)} ms, at ${at(slowest.startMs)}`;
  const done = timeline.marks.map(({ text, beganMs }) => ` ${text} at ${at(beganMs)}.`).join('');
  const offered = timeline.phases.flatMap((phase) => phase.offered ?? []);
  const load = offered.length === 0 ? '' : ` at up to ${rate(Math.max(...offered))} arrivals/s`;
  return `From ${at(fromMs)} to ${at(toMs)}${load}: ${failed.toLocaleString('en')} of ${requests.toLocaleString('en')} requests failed${when}${latency}.${done}`;
}
