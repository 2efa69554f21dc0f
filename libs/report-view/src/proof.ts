import { rate, resourceName, type Confirmation, type Interval, type Judged, type Verdict } from '@loadstair/analysis';
import { html, type Html } from './html.ts';
import { linear, ticks } from './scale.ts';

const WIDTH = 720;
const ROW = 44;
const TOP = 8;

interface Row {
  readonly words: string;
  /** Null when nothing failed up to `upTo`. */
  readonly load: number | null;
  readonly upTo: number;
  readonly interval: Interval | null;
  readonly predicted: number | null;
}

/**
 * Where the site stopped holding its SLO as it was and in the short runs that gave it more, on one axis; null without a proof.
 *
 * @param width px at which it is shown
 */
export function proof(confirmation: Confirmation | null, verdict: Verdict, width = WIDTH): Html | null {
  if (confirmation === null || verdict.kind !== 'named') return null;
  const { before, named, runnerUp } = confirmation;
  const rows: readonly Row[] = [
    { words: 'unchanged', load: before, upTo: before, interval: confirmation.beforeInterval ?? null, predicted: null },
    judgedRow(named, named.predicted),
    ...(runnerUp === null ? [] : [judgedRow(runnerUp, null)]),
  ];
  const most = 1.15 * Math.max(...rows.flatMap(({ upTo, interval, predicted }) => [upTo, interval?.[1] ?? 0, predicted ?? 0]));
  const x = linear([0, most], [4, width - 64]);
  const bottom = TOP + rows.length * ROW;
  return html`<h2>Does the limit move?</h2>
    <figure class="proof">
      <svg
        viewBox="0 0 ${width} ${bottom + 40}"
        role="img"
        aria-label="Load at which the SLO was missed, before and with more of each resource"
      >
        ${ticks(most, 6).map((tick) => html`<line class="grid" x1="${x(tick)}" x2="${x(tick)}" y1="${TOP}" y2="${bottom}" /><text x="${x(tick)}" y="${bottom + 16}" text-anchor="middle">${tick}</text>`)}
        ${rows.map((row, index) => rowMarks(row, TOP + index * ROW, x))}
        <text x="4" y="${bottom + 34}">onset, arrivals/s${' '}● measured${' '}◇ predicted</text>
      </svg>
      <figcaption>
        Bands are intervals. All loads are corrected to one speed of the machine, so the unchanged load may differ from the verdict’s.
      </figcaption>
    </figure>`;
}

function judgedRow(judged: Judged, predicted: number | null): Row {
  const words = `${Math.round((judged.factor - 1) * 100)} % more ${resourceName(judged.resource)}`;
  return { words, load: judged.load, upTo: judged.load ?? judged.highest, interval: judged.interval, predicted };
}

function rowMarks({ words, load, upTo, interval, predicted }: Row, top: number, x: (load: number) => number): Html {
  const y = top + 29;
  return html`<text class="ink" x="4" y="${top + 14}">${words}</text>
    ${interval === null ? null : html`<rect x="${x(interval[0])}" width="${Math.max(2, x(interval[1]) - x(interval[0]))}" y="${y - 9}" height="18" fill="var(--through)" fill-opacity=".25" />`}
    ${predicted === null ? null : html`<path d="M${x(predicted)} ${y - 7}l7 7l-7 7l-7 -7Z" fill="none" stroke="var(--ink)" stroke-width="1.5" />`}
    ${load === null ? null : html`<circle cx="${x(load)}" cy="${y}" r="5" fill="var(--through)" />`}
    <text class="ink" x="${x(Math.max(upTo, interval?.[1] ?? 0, predicted ?? 0)) + 12}" y="${y + 4}">
      ${load === null ? `> ${rate(upTo)}` : rate(load)}
    </text>`;
}
