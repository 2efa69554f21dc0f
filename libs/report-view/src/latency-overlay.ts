import { milliseconds, rate, type Slo } from '@loadstair/analysis';
import { html, type Html } from './html.ts';
import { movedApart } from './labels.ts';
import { decadeAbove, decadeBelow, decades, linear, path, ticks } from './scale.ts';

/** One line: an arm with its latency near each load. */
export interface OverlaidArm {
  readonly label: string;
  readonly latency: Readonly<Record<Over, readonly OverlaidPoint[]>>;
}

export interface OverlaidPoint {
  /** Load: arrivals/s, or a share of the capacity. */
  readonly at: number;
  readonly ms: number;
  readonly requests: number;
  readonly range: readonly [low: number, high: number] | null;
}

/** `share`: of an arm's own capacity, so that shapes can be compared; `load`: arrivals/s. */
export type Over = 'share' | 'load';

const WIDTH = 860;
const HEIGHT = 340;
const LEFT = 56;
const RIGHT = 170;
const TOP = 20;
const BOTTOM = HEIGHT - 44;
/** Beyond this share of its capacity an arm is only queueing. */
const MOST_SHARE = 1.2;

/** Latency against load, an arm a line: the chosen one blue, the others muted; ranges are those of single runs (ux.md §5). */
export function latencyOverlay(arms: readonly OverlaidArm[], slo: Slo, chosen: string | null, over: Over, width = WIDTH): Html {
  const lines = arms.flatMap((arm) => {
    const points = arm.latency[over].filter(({ at }) => over === 'load' || at <= MOST_SHARE);
    return points.length === 0 ? [] : [{ label: arm.label, chosen: arm.label === chosen, points }];
  });
  const narrow = width < WIDTH;
  const right = narrow ? 16 : RIGHT;
  const all = lines.flatMap(({ points }) => points);
  const mostX = over === 'share' ? MOST_SHARE : 1.05 * Math.max(1, ...all.map(({ at }) => at));
  const [low, high] = [
    decadeBelow(Math.min(slo.latencyMs, ...all.map(({ ms, range }) => range?.[0] ?? ms))),
    decadeAbove(Math.max(slo.latencyMs, ...all.map(({ ms, range }) => range?.[1] ?? ms))),
  ];
  const x = linear([0, mostX], [LEFT, width - right]);
  const log = linear([Math.log10(low), Math.log10(high)], [BOTTOM, TOP]);
  const y = (ms: number): number => log(Math.log10(ms));
  const name = `p${100 * slo.quantile}`;
  const ends = movedApart(
    lines.map(({ label, chosen: own, points }) => ({ label, own, at: y(points.at(-1)?.ms ?? low), x: x(points.at(-1)?.at ?? 0) })),
  );
  return html`<svg viewBox="0 0 ${width} ${HEIGHT}" role="img" aria-label="${summary(lines, name, over)}">
    <text x="${LEFT}" y="12">${name}, ms</text>
    ${decades(low, high).map((tick) => html`<line class="grid" x1="${LEFT}" x2="${width - right}" y1="${y(tick)}" y2="${y(tick)}" /><text x="${LEFT - 8}" y="${y(tick) + 4}" text-anchor="end">${tick.toLocaleString('en')}</text>`)}
    <line class="slo" x1="${LEFT}" x2="${width - right}" y1="${y(slo.latencyMs)}" y2="${y(slo.latencyMs)}" />
    <text class="warm" x="${LEFT + 6}" y="${y(slo.latencyMs) - 5}">SLO ${name} ≤ ${slo.latencyMs} ms</text>
    ${lines
      .toSorted((a, b) => Number(a.chosen) - Number(b.chosen))
      .map(
        (line) =>
          html`${line.points.map(({ at, range }) => (range === null ? '' : html`<line class="range ${line.chosen ? 'chosen' : ''}" x1="${x(at)}" x2="${x(at)}" y1="${y(range[0])}" y2="${y(range[1])}" />`))}
            <path class="line ${line.chosen ? '' : 'muted'}" d="${path(line.points.map((point) => [x(point.at), y(point.ms)]))}" />
            ${line.points.map(
              (point) =>
                html`<circle
                  cx="${x(point.at)}"
                  cy="${y(point.ms)}"
                  r="${line.chosen ? 4 : 2.5}"
                  fill="var(--${line.chosen ? 'through' : 'muted'})"
                >
                  <title>
                    ${line.label}, ${loadWords(point, over)}: ${name} ${milliseconds(point.ms)} ms, n ${point.requests.toLocaleString('en')}
                  </title>
                </circle>`,
            )}`,
      )}
    ${ends.map(({ label, own, at, x: endX }) => html`<text class="on-lines ${own ? 'ink' : ''}" x="${narrow ? endX : endX + 10}" y="${narrow ? at - 10 : at + 4}" text-anchor="${narrow ? 'end' : 'start'}">${label}</text>`)}
    <line class="axis" x1="${LEFT}" x2="${width - right}" y1="${BOTTOM}" y2="${BOTTOM}" />
    ${(over === 'share' ? (narrow ? FEW_SHARES : SHARES) : ticks(mostX, narrow ? 4 : 6)).map((tick) => html`<text x="${x(tick)}" y="${BOTTOM + 16}" text-anchor="middle">${over === 'share' ? `${Math.round(100 * tick)} %` : tick}</text>`)}
    <text x="${(LEFT + width - right) / 2}" y="${BOTTOM + 36}" text-anchor="middle">
      ${over === 'share' ? 'offered, share of its own capacity' : 'offered, arrivals/s'}
    </text>
  </svg>`;
}

const SHARES = [0, 0.2, 0.4, 0.6, 0.8, 1, 1.2];
const FEW_SHARES = [0, 0.4, 0.8, 1.2];

/** What is at each arm's last point, one sentence. */
function summary(
  lines: readonly { readonly label: string; readonly points: readonly OverlaidPoint[] }[],
  name: string,
  over: Over,
): string {
  const words = lines.map(({ label, points }) => {
    const [first, last] = [points[0], points.at(-1)];
    if (first === undefined || last === undefined) return label;
    return `${label} ${milliseconds(first.ms)} ms at ${loadWords(first, over)}, ${milliseconds(last.ms)} ms at ${loadWords(last, over)}`;
  });
  return `${name} over load: ${words.join('; ')}`;
}

function loadWords({ at }: OverlaidPoint, over: Over): string {
  return over === 'share' ? `${Math.round(100 * at)} %` : `${rate(at)}/s`;
}
