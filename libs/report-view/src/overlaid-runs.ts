import { rate } from '@loadstair/analysis';
import { html, type Html } from './html.ts';
import { decadeAbove, decadeBelow, decades, linear, path, ticks, type Scale } from './scale.ts';

/** A run second by second. */
export interface OverlaidRun {
  readonly label: string;
  readonly points: readonly {
    /** Since load began, s. */
    readonly atS: number;
    readonly offered: number;
    readonly achieved: number;
    readonly p95Ms: number | null;
    readonly busiest: number;
  }[];
  readonly marks: readonly { readonly atS: number; readonly text: string }[];
}

const WIDTH = 860;
const LEFT = 56;
const RIGHT = 16;
/** Upper and lower end of each plot, px. */
const LOAD = { top: 60, bottom: 190 };
const LATENCY = { top: 226, bottom: 356 };
const USE = { top: 392, bottom: 472 };
const HEIGHT = USE.bottom + 40;
/** Between readings further apart than this there was no load, s: the line has a gap. */
const GAP_S = 3;
/** The first run is drawn in the colour of load, the second in ink. */
const STROKES = ['', 'ink'] as const;

/** The axis of time of such a drawing: its left and right end, px, and how long it is, s. */
export function overlaidAxis(runs: readonly OverlaidRun[], width = WIDTH): readonly [left: number, right: number, seconds: number] {
  return [LEFT, width - RIGHT, Math.max(10, ...runs.flatMap(({ points }) => points.map(({ atS }) => atS)))];
}

/**
 * One run, or two over each other, on one axis of time, which begins with their load: achieved load, p95 latency, and the use of whatever
 * limit was used most.
 *
 * @param width px at which it is shown
 * @param cursor whether a line stands at the beginning, for a script to move
 */
export function overlaidRuns(runs: readonly OverlaidRun[], slo: { readonly latencyMs: number }, width = WIDTH, cursor = false): Html {
  const all = runs.flatMap(({ points }) => points);
  const [, , mostS] = overlaidAxis(runs, width);
  const mostLoad = Math.max(1, ...all.map(({ offered, achieved }) => Math.max(offered, achieved))) * 1.05;
  const latencies = all.flatMap(({ p95Ms }) => (p95Ms === null || p95Ms <= 0 ? [] : [p95Ms]));
  const [low, high] = [decadeBelow(Math.min(slo.latencyMs, ...latencies)), decadeAbove(Math.max(slo.latencyMs, ...latencies))];
  const x = linear([0, mostS], [LEFT, width - RIGHT]);
  const load = linear([0, mostLoad], [LOAD.bottom, LOAD.top]);
  const log = linear([Math.log10(low), Math.log10(high)], [LATENCY.bottom, LATENCY.top]);
  const ms: Scale = (value) => log(Math.log10(value));
  const use = linear([0, 1], [USE.bottom, USE.top]);
  const right = width - RIGHT;
  const gridLine = (y: number, words: string): Html =>
    html`<line class="grid" x1="${LEFT}" x2="${right}" y1="${y}" y2="${y}" /><text x="${LEFT - 8}" y="${y + 4}" text-anchor="end"
        >${words}</text
      >`;
  return html`<svg viewBox="0 0 ${width} ${HEIGHT}" role="img" aria-label="${summary(runs)}">
    ${runs.map(({ label }, index) => html`<line class="line ${STROKES[index] ?? ''}" x1="${LEFT}" x2="${LEFT + 24}" y1="${6 + 16 * index}" y2="${6 + 16 * index}" /><text class="ink" x="${LEFT + 32}" y="${10 + 16 * index}">${label}</text>`)}
    ${ticks(mostLoad, 3).map((tick) => gridLine(load(tick), String(tick)))}
    <text x="${right}" y="${LOAD.top - 6}" text-anchor="end">achieved (offered dotted), arrivals/s</text>
    ${runs.map(
      ({ points }, index) =>
        html`<path
            class="line offered ${STROKES[index] ?? ''}"
            d="${lineOf(
              points.map(({ atS, offered }) => ({ atS, value: offered })),
              x,
              load,
            )}"
          /><path
            class="line ${STROKES[index] ?? ''}"
            d="${lineOf(
              points.map(({ atS, achieved }) => ({ atS, value: achieved })),
              x,
              load,
            )}"
          />`,
    )}
    ${decades(low, high).map((tick) => gridLine(ms(tick), tick.toLocaleString('en')))}
    <text x="${right}" y="${LATENCY.top - 6}" text-anchor="end">p95 from the due time, ms</text>
    <line class="slo" x1="${LEFT}" x2="${right}" y1="${ms(slo.latencyMs)}" y2="${ms(slo.latencyMs)}" />
    ${runs.map(
      ({ points }, index) =>
        html`<path
          class="line ${STROKES[index] ?? ''}"
          d="${lineOf(
            points.map(({ atS, p95Ms }) => ({ atS, value: p95Ms !== null && p95Ms > 0 ? p95Ms : null })),
            x,
            ms,
          )}"
        />`,
    )}
    ${[0, 0.5, 1].map((tick) => gridLine(use(tick), `${100 * tick} %`))}
    <text x="${right}" y="${USE.top - 6}" text-anchor="end">busiest resource, share of its limit</text>
    ${runs.map(
      ({ points }, index) =>
        html`<path
          class="line ${STROKES[index] ?? ''}"
          d="${lineOf(
            points.map(({ atS, busiest }) => ({ atS, value: Math.min(1, busiest) })),
            x,
            use,
          )}"
        />`,
    )}
    ${runs.flatMap(({ label, marks }) => marks.map(({ atS, text }) => html`<line class="moment" x1="${x(atS)}" x2="${x(atS)}" y1="${LOAD.top}" y2="${USE.bottom}"><title>${label}: ${text}</title></line><text x="${x(atS) + 3}" y="${LOAD.top + 10}">⚑</text>`))}
    <line class="axis" x1="${LEFT}" x2="${right}" y1="${USE.bottom}" y2="${USE.bottom}" />
    ${cursor ? html`<line class="cursor" x1="${LEFT}" x2="${LEFT}" y1="${LOAD.top}" y2="${USE.bottom}" />` : null}
    ${ticks(mostS, width < WIDTH ? 3 : 6).map((tick) => html`<text x="${x(tick)}" y="${USE.bottom + 18}" text-anchor="middle">${minutes(tick)}</text>`)}
    <text x="${(LEFT + right) / 2}" y="${USE.bottom + 36}" text-anchor="middle">time since load began, min:s</text>
  </svg>`;
}

/** Seconds without a value, or without load, are a gap in the line. */
function lineOf(points: readonly { readonly atS: number; readonly value: number | null }[], x: Scale, y: Scale): string {
  const parts: (readonly [number, number])[][] = [[]];
  let before = -Infinity;
  for (const { atS, value } of points) {
    if (value === null || atS - before > GAP_S) parts.push([]);
    if (value !== null) parts.at(-1)?.push([x(atS), y(value)]);
    before = atS;
  }
  return parts.map(path).join('');
}

function minutes(seconds: number): string {
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

function summary(runs: readonly OverlaidRun[]): string {
  const words = runs.map(({ label, points }) => {
    const highest = Math.max(0, ...points.map(({ achieved }) => achieved));
    return `${label}: ${minutes(points.at(-1)?.atS ?? 0)} of load, highest achieved ${rate(highest)}/s`;
  });
  return `Load, latency and use over time. ${words.join('; ')}`;
}
