import { AT_LIMIT, moduleOf, type Measure, type Use } from '@loadstair/resources';
import { loadSteps, rate, type RunData, type StepData } from '@loadstair/analysis';
import { html, type Html } from './html.ts';
import { movedApart } from './labels.ts';
import { asTable } from './plain-table.ts';
import { linear, path, ticks } from './scale.ts';

/** A number of a use over load, with the line it must not cross, where there is one. */
interface Charted extends Measure<Use> {
  readonly limit?: number;
}

const BUSY: Charted = { words: 'use of its limit, %', of: ({ busy }) => 100 * busy, limit: 100 * AT_LIMIT };

const WIDTH = 560;
const HEIGHT = 210;
const LEFT = 44;
const RIGHT = 92;
const TOP = 28;
const BOTTOM = HEIGHT - 40;

interface Line {
  readonly host: string;
  readonly points: readonly { readonly load: number; readonly value: number }[];
}

/**
 * All that was measured of resources of one kind, a chart each, over offered load.
 *
 * @param resources ids, the first is the one that is spoken of
 * @param step the step that is spoken of; null for none
 */
export function evidenceCharts(run: RunData, resources: readonly string[], step: number | null, width = WIDTH): readonly Html[] {
  const steps = loadSteps(run).toSorted((a, b) => a.offered - b.offered);
  const spokenOf = steps.find(({ index }) => index === step) ?? null;
  const kind = run.resources.find(({ id }) => id === resources[0])?.kind;
  const measures: readonly Charted[] = [BUSY, ...(kind === undefined ? [] : moduleOf(kind).measures)];
  return measures.flatMap((measure) => {
    const lines = resources.flatMap((id): Line[] => {
      const host = run.resources.find((one) => one.id === id)?.host;
      const points = steps.flatMap((one) => pointOf(one, id, measure));
      return host === undefined || points.length === 0 ? [] : [{ host, points }];
    });
    const seen = lines.some(({ points }) => points.some(({ value }) => value > 0));
    return seen || (measure.limit !== undefined && lines.length > 0) ? [chart(measure, lines, steps, spokenOf, width)] : [];
  });
}

function pointOf(step: StepData, id: string, { of }: Charted): Line['points'] {
  const use = step.use.find((one) => one.resource === id);
  const value = use === undefined ? undefined : of(use);
  return value === undefined ? [] : [{ load: step.offered, value }];
}

function chart(measure: Charted, lines: readonly Line[], steps: readonly StepData[], spokenOf: StepData | null, width: number): Html {
  const loads = steps.map(({ offered }) => offered);
  const x = linear([0, 1.05 * Math.max(1, ...loads)], [LEFT, width - RIGHT]);
  const highest = Math.max(...lines.flatMap(({ points }) => points.map(({ value }) => value)), measure.limit ?? 0);
  const y = linear([0, highest * 1.08 || 1], [BOTTOM, TOP]);
  const ends = movedApart(lines.map(({ host, points }) => ({ host, at: y(points.at(-1)?.value ?? 0) })));
  return html`<figure>
    <svg viewBox="0 0 ${width} ${HEIGHT}" role="img" aria-label="${summary(measure, lines)}">
      <text class="ink" x="0" y="12">${measure.words}</text>
      ${spokenOf === null ? null : html`<line class="spoken-of" x1="${x(spokenOf.offered)}" x2="${x(spokenOf.offered)}" y1="${TOP}" y2="${BOTTOM}" />`}
      ${ticks(highest * 1.08 || 1, 4).map((tick) => html`<line class="grid" x1="${LEFT}" x2="${width - RIGHT}" y1="${y(tick)}" y2="${y(tick)}" /><text x="${LEFT - 6}" y="${y(tick) + 4}" text-anchor="end">${tick.toLocaleString('en')}</text>`)}
      ${measure.limit === undefined ? null : html`<line class="slo" x1="${LEFT}" x2="${width - RIGHT}" y1="${y(measure.limit)}" y2="${y(measure.limit)}" /><text class="warm on-lines" x="${LEFT + 4}" y="${y(measure.limit) - 4}">limit ${measure.limit}</text>`}
      ${lines.toReversed().map((line) => html`<path class="line ${line === lines[0] ? '' : 'muted'}" d="${path(line.points.map(({ load, value }) => [x(load), y(value)]))}" />${line === lines[0] ? line.points.map(({ load, value }) => html`<circle cx="${x(load)}" cy="${y(value)}" r="3.5" fill="var(--through)"><title>${rate(load)}/s: ${value.toFixed(1)}</title></circle>`) : ''}`)}
      ${ends.map(({ host, at }) => html`<text class="${host === lines[0]?.host ? 'ink' : ''}" x="${width - RIGHT + 8}" y="${at + 4}">${host}</text>`)}
      ${ticks(Math.max(1, ...loads), 6).map((tick) => html`<text x="${x(tick)}" y="${BOTTOM + 16}" text-anchor="middle">${tick}</text>`)}
      <text x="${LEFT}" y="${BOTTOM + 34}">offered, arrivals/s${spokenOf === null ? '' : `; the line is step ${spokenOf.index}`}</text>
    </svg>
    ${asTable(
      ['offered /s', ...lines.map(({ host }) => host)],
      steps.map((step) => [
        rate(step.offered),
        ...lines.map(({ points }) => points.find(({ load }) => load === step.offered)?.value.toFixed(1) ?? '–'),
      ]),
    )}
  </figure>`;
}

/** `use of its limit, %: db-1 from 12.0 to 97.1` */
function summary({ words }: Charted, lines: readonly Line[]): string {
  const spans = lines.map(({ host, points }) => `${host} from ${points[0]?.value.toFixed(1)} to ${points.at(-1)?.value.toFixed(1)}`);
  return `${words}: ${spans.join(', ')}`;
}
