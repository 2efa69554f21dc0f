import { rate, rateWithInterval, utcMinute } from '@loadstair/analysis';
import { html, type Html } from './html.ts';
import { linear, ticks } from './scale.ts';

/** Capacity of one thing over its runs. */
export interface DrawnTrend {
  /** In order of time. */
  readonly points: readonly {
    readonly run: string;
    /** ISO 8601. */
    readonly at: string;
    /** arrivals/s. */
    readonly load: number;
    readonly interval: readonly [low: number, high: number];
    readonly name: string;
    readonly topologyChanged: boolean;
  }[];
  readonly changes: readonly { readonly at: number; readonly ratio: number; readonly interval: readonly [number, number] | null }[];
  /** Of the parts between changes, arrivals/s. */
  readonly levels: readonly number[];
}

const WIDTH = 860;
const HEIGHT = 300;
const LEFT = 56;
const RIGHT = 24;
const TOP = 36;
const BOTTOM = HEIGHT - 44;
/** Width of a date below the axis, px. */
const DATE = 120;

/**
 * Capacity of a stage over its runs, left to right in order of time: a dot with its interval a run, the level of each part, and a mark
 * with its ratio where the level changes.
 *
 * @param hrefOf where a run is shown
 * @param width px at which it is shown
 */
export function trendChart({ points, changes, levels }: DrawnTrend, hrefOf: (run: string) => string, width = WIDTH): Html {
  const most = Math.max(1, ...points.map(({ interval }) => interval[1])) * 1.05;
  const y = linear([0, most], [BOTTOM, TOP]);
  const x = linear([-0.5, Math.max(1, points.length) - 0.5], [LEFT, width - RIGHT]);
  const starts = [0, ...changes.map(({ at }) => at)];
  const every = Math.max(1, Math.ceil((points.length * DATE) / (width - LEFT - RIGHT)));
  return html`<svg viewBox="0 0 ${width} ${HEIGHT}" role="group" aria-label="${summary({ points, changes, levels })}">
    <text x="${LEFT}" y="14">capacity, arrivals/s</text>
    ${ticks(most, 4).map((tick) => html`<line class="grid" x1="${LEFT}" x2="${width - RIGHT}" y1="${y(tick)}" y2="${y(tick)}" /><text x="${LEFT - 8}" y="${y(tick) + 4}" text-anchor="end">${tick}</text>`)}
    ${points.map(({ topologyChanged }, index) => (topologyChanged ? html`<line class="topology-changed" x1="${x(index - 0.5)}" x2="${x(index - 0.5)}" y1="${TOP}" y2="${BOTTOM}"><title>the topology of the stage changed</title></line>` : ''))}
    ${levels.map((level, part) => html`<line class="level" x1="${x((starts[part] ?? 0) - 0.5)}" x2="${x((starts[part + 1] ?? points.length) - 0.5)}" y1="${y(level)}" y2="${y(level)}" />`)}
    ${changes.map(({ at, ratio }) => html`<line class="change" x1="${x(at - 0.5)}" x2="${x(at - 0.5)}" y1="${TOP - 6}" y2="${BOTTOM}" /><text class="ink on-lines" x="${x(at - 0.5)}" y="${TOP - 12}" text-anchor="middle">×${ratio.toFixed(2)}</text>`)}
    ${points.map(
      ({ run, at, load, interval, name }, index) =>
        html`<a href="${hrefOf(run)}"
          ><title>run ${run}${name === '' ? '' : ` ${name}`}, ${utcMinute(at)}: ${rateWithInterval(load, interval)}</title
          ><line class="range chosen" x1="${x(index)}" x2="${x(index)}" y1="${y(interval[0])}" y2="${y(interval[1])}" /><circle
            cx="${x(index)}"
            cy="${y(load)}"
            r="5"
            fill="var(--through)"
        /></a>`,
    )}
    <line class="axis" x1="${LEFT}" x2="${width - RIGHT}" y1="${BOTTOM}" y2="${BOTTOM}" />
    ${points.map(({ at }, index) => (index % every === 0 ? html`<text x="${x(index)}" y="${BOTTOM + 18}" text-anchor="middle">${at.slice(0, 'yyyy-mm-dd'.length)}</text>` : ''))}
    <text x="${(LEFT + width - RIGHT) / 2}" y="${BOTTOM + 38}" text-anchor="middle">runs, in order of time</text>
  </svg>`;
}

/** What it shows, one sentence. */
function summary({ points, changes, levels }: DrawnTrend): string {
  const words = levels.map((level, part) => {
    const change = changes[part - 1];
    return change === undefined
      ? `${rate(level)}/s`
      : `×${change.ratio.toFixed(2)} to ${rate(level)}/s from run ${points[change.at]?.run ?? ''} on`;
  });
  return `Capacity over ${points.length} ${points.length === 1 ? 'run' : 'runs'}: ${words.join(', then ')}${changes.length === 0 ? ', no change found' : ''}`;
}
