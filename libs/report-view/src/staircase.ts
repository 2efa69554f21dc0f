import { rate, type ArmEstimate, type Comparison } from '@loadstair/analysis';
import { html, type Html } from './html.ts';
import { linear, ticks } from './scale.ts';

const WIDTH = 860;
const HEIGHT = 340;
const LEFT = 56;
const BOTTOM = 34;
/** Of a line of text below the axis. */
const LINE = 16;

/** One step of the staircase. */
export interface StairArm {
  readonly label: string;
  readonly estimate: ArmEstimate | null;
  readonly limitedBy: string;
}

interface Stairs {
  readonly arms: readonly StairArm[];
  /** Each arm against the one before it. */
  readonly againstPrevious: readonly Comparison[];
}

/** Stages left to right, capacity from 0: a dot with its interval as a band, and a tread to the next (ux.md §5). */
export function staircase({ arms, againstPrevious }: Stairs): Html {
  const limits = arms.map(({ limitedBy }) => linesOf(limitedBy));
  const bottom = BOTTOM + LINE * Math.max(1, ...limits.map((lines) => lines.length));
  const most = Math.max(1, ...arms.map((arm) => arm.estimate?.interval?.[1] ?? arm.estimate?.load ?? 0)) * 1.1;
  const y = linear([0, most], [HEIGHT - bottom, 24]);
  const width = (WIDTH - LEFT) / Math.max(1, arms.length);
  const middle = (index: number): number => LEFT + (index + 0.5) * width;
  return html`<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="Capacity of each variant with its interval">
    <text x="${LEFT}" y="14">capacity, arrivals/s</text>
    ${ticks(most, 4).map((tick) => html`<line class="grid" x1="${LEFT}" x2="${WIDTH}" y1="${y(tick)}" y2="${y(tick)}" /><text x="${LEFT - 8}" y="${y(tick) + 4}" text-anchor="end">${tick}</text>`)}
    ${arms.map((arm, index) => {
      const { estimate } = arm;
      if (estimate === null) return html`<text x="${middle(index)}" y="${y(0) - 8}" text-anchor="middle">not measured</text>`;
      const before = arms[index - 1]?.estimate ?? null;
      const riser = againstPrevious[index - 1];
      const ratio =
        riser === undefined || riser.interval === null
          ? ''
          : riser.word === 'inconclusive'
            ? '? overlap'
            : riser.word === 'equivalent'
              ? '≈ same'
              : `×${riser.ratio.toFixed(2)} (${riser.interval[0].toFixed(2)}–${riser.interval[1].toFixed(2)})`;
      return html`${
          estimate.interval === null
            ? null
            : html`<rect
                x="${middle(index) - 36}"
                width="72"
                y="${y(estimate.interval[1])}"
                height="${Math.max(2, y(estimate.interval[0]) - y(estimate.interval[1]))}"
                fill="var(--through)"
                fill-opacity=".25"
              />`
        }<line
          class="line"
          x1="${middle(index) - 36}"
          x2="${middle(index) + 36}"
          y1="${y(estimate.load)}"
          y2="${y(estimate.load)}"
        /><circle cx="${middle(index)}" cy="${y(estimate.load)}" r="5" fill="var(--through)" />${
          before === null
            ? null
            : html`<path
                  class="line muted"
                  d="M${middle(index - 1) + 36} ${y(before.load)}H${middle(index) - 48}V${y(estimate.load)}H${middle(index) - 36}"
                /><text x="${middle(index) - 42}" y="${y(estimate.interval?.[0] ?? estimate.load) + LINE}">${ratio}</text>`
        }<text class="ink" x="${middle(index) + 42}" y="${y(estimate.load) - 6}">${rate(estimate.load)}</text>
        <text class="ink" x="${middle(index)}" y="${y(0) + 18}" text-anchor="middle">${arm.label}</text>
        ${(limits[index] ?? []).map((line, row) => html`<text x="${middle(index)}" y="${y(0) + 18 + LINE * (row + 1)}" text-anchor="middle">${line}</text>`)}`;
    })}
    <line class="axis" x1="${LEFT}" x2="${WIDTH}" y1="${y(0)}" y2="${y(0)}" />
  </svg>`;
}

/** Several limits, one below the other: side by side they would run into those of the next step. */
function linesOf(limitedBy: string): string[] {
  const parts = limitedBy.split(' + ');
  return parts.map((part, index) => (index < parts.length - 1 ? `${part} +` : part));
}
