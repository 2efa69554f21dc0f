import type { OutcomeCurve } from '@loadstair/experiments/outcome';
import { html, type Html } from './html.ts';
import { asTable } from './plain-table.ts';
import { decadeAbove, decadeBelow, linear, path, ticks } from './scale.ts';

const WIDTH = 340;
const HEIGHT = 190;
const LEFT = 46;
const RIGHT = 16;
const TOP = 14;
const BOTTOM = HEIGHT - 38;
/** Values that lie further apart than this are drawn on a logarithmic axis. */
const WIDE = 10;

/** Quantities against what an experiment changed, a small chart each: they have units of their own. */
export function outcomeCurve(curve: OutcomeCurve): Html {
  return html`<div class="small">
      ${curve.lines.map(
        (line) =>
          html`<figure>
            <h3>${withUnit(line.title, line.unit)}</h3>
            ${chart(curve, line)}
          </figure>`,
      )}
    </div>
    ${curveTable(curve)}`;
}

/** A row a point, a column a quantity. */
function curveTable({ over, unit, lines }: OutcomeCurve): Html {
  const at = [...new Set(lines.flatMap(({ points }) => points.map((point) => point.at)))].toSorted((a, b) => a - b);
  return asTable(
    [withUnit(over, unit), ...lines.map((line) => withUnit(line.title, line.unit))],
    at.map((value) => [
      String(value),
      ...lines.map(({ points }) => {
        const point = points.find((one) => one.at === value);
        return point === undefined ? '–' : words(point.value);
      }),
    ]),
  );
}

function withUnit(quantity: string, unit: string): string {
  return unit === '' ? quantity : `${quantity}, ${unit}`;
}

function words(value: number): string {
  return value >= 100 ? value.toFixed(0) : value >= 1 ? value.toFixed(1) : value.toFixed(2);
}

function chart({ over, unit }: OutcomeCurve, { title, unit: ownUnit, points }: OutcomeCurve['lines'][number]): Html {
  const x = across(points.map(({ at }) => at));
  const most = Math.max(...points.map(({ value }) => value)) * 1.1 || 1;
  const y = linear([0, most], [BOTTOM, TOP]);
  const summary = points.map(({ at, value }) => `${words(value)} ${ownUnit} at ${unit === '' ? at : `${at} ${unit}`}`).join(', ');
  return html`<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${title} over ${over}: ${summary}">
    ${ticks(most, 3).map((tick) => html`<line class="grid" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y(tick)}" y2="${y(tick)}" /><text x="${LEFT - 6}" y="${y(tick) + 4}" text-anchor="end">${Number(tick.toPrecision(6))}</text>`)}
    <path class="line" d="${path(points.map(({ at, value }) => [x(at), y(value)]))}" />
    ${points.map(({ at, phase, value }) => html`<circle cx="${x(at)}" cy="${y(value)}" r="4" fill="var(--through)"><title>${phase}: ${words(value)} ${ownUnit}</title></circle>`)}
    <line class="axis" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${BOTTOM}" y2="${BOTTOM}" />
    ${points.map(({ at }) => html`<text x="${x(at)}" y="${BOTTOM + 16}" text-anchor="middle">${at}</text>`)}
    <text x="${(LEFT + WIDTH - RIGHT) / 2}" y="${BOTTOM + 34}" text-anchor="middle">${withUnit(over, unit)}</text>
  </svg>`;
}

/** Places on the axis below: logarithmic where the values lie far apart and none is 0. */
function across(values: readonly number[]): (value: number) => number {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const range = [LEFT + 10, WIDTH - RIGHT - 10] as const;
  if (least <= 0 || most / least <= WIDE) return linear([Math.min(0, least), most], range);
  const log = linear([Math.log10(decadeBelow(least)), Math.log10(decadeAbove(most))], range);
  return (value) => log(Math.log10(value));
}
