import { AT_LIMIT } from '@loadstair/resources';
import { findOnset, loadSteps, milliseconds, percent, rate, stepSummaries, type RunData, type StepSummary } from '@loadstair/analysis';
import { html, type Html } from './html.ts';
import { decades, linear, path, ticks, type Scale } from './scale.ts';

const WIDTH = 720;
const LEFT = 52;
const RIGHT = 84;

/** Loads, arrivals/s, between which somebody said that the site stops keeping up. */
export interface PredictedLoad {
  readonly low: number;
  readonly high: number;
}

/** Where the plots of the onset chart lie, px from its left, and the highest load it shows. */
export function onsetPlot(run: RunData, width = WIDTH): { readonly left: number; readonly right: number; readonly maxLoad: number } {
  return { left: LEFT, right: width - RIGHT, maxLoad: Math.max(1, ...run.steps.map((step) => step.offered)) * 1.05 };
}

/**
 * Does it keep up? Achieved load and latency over offered load, one above the other; onset as a band over both.
 *
 * @param width px at which it is shown, so that its text has the size of the page's
 * @param predicted is drawn as a bracket between the two plots
 * @param loads those that are looked at, arrivals/s; null is all
 */
export function onsetChart(
  run: RunData,
  width = WIDTH,
  predicted: PredictedLoad | null = null,
  loads: { readonly from: number; readonly to: number } | null = null,
): Html {
  const plot = onsetPlot(run, width);
  const { from: minLoad, to: maxLoad } = loads ?? { from: 0, to: plot.maxLoad };
  const steps = stepSummaries(run).filter(({ kind, offered }) => kind !== 'idle' && offered >= minLoad && offered <= maxLoad);
  const climb = steps.filter((step) => step.kind === 'load').toSorted((a, b) => a.offered - b.offered);
  const onset = findOnset(run);
  const inside = (load: number): number => Math.min(maxLoad, Math.max(minLoad, load));
  const x = linear([minLoad, maxLoad], [plot.left, plot.right]);
  const top = { from: 190, to: 14 };
  const bottom = { from: 424, to: 240 };
  const y = linear([0, maxLoad], [top.from, top.to]);
  const latencies = steps.flatMap((step) => [step.p50Ms, step.p95Ms]).filter((ms) => ms !== null);
  const lowest = Math.floor(Math.log10(Math.max(0.5, Math.min(...latencies, run.profile.slo.latencyMs))));
  const highest = Math.ceil(Math.log10(Math.max(...latencies, run.profile.slo.latencyMs * 1.2)));
  const log = linear([lowest, highest], [bottom.from, bottom.to]);
  const ms: Scale = (value) => log(Math.log10(Math.max(value, 10 ** lowest)));
  const mark = (step: StepSummary, py: number): Html =>
    step.kind === 'back'
      ? html`<path
          d="M${x(step.offered) + 5} ${py - 5}L${x(step.offered) - 4} ${py}L${x(step.offered) + 5} ${py + 5}Z"
          fill="var(--bg)"
          stroke="var(--ink)"
          stroke-width="1.5"
          ><title>step back at ${rate(step.offered)}/s</title></path
        >`
      : html`<circle
          cx="${x(step.offered)}"
          cy="${py}"
          r="4.5"
          fill="${step.holds ? 'var(--through)' : 'var(--bg)'}"
          stroke="${step.holds ? 'var(--through)' : 'var(--limit)'}"
          stroke-width="2"
          ><title>
            step ${step.index}: ${rate(step.offered)}/s offered, ${rate(step.achieved)}/s achieved, p95
            ${step.p95Ms === null ? 'none' : milliseconds(step.p95Ms)} ms
          </title></circle
        >`;
  const last = climb.at(-1);
  const withLatency = climb.filter((step) => step.p95Ms !== null);
  const end = withLatency.at(-1);
  const p95Label = end === undefined ? 0 : ms(end.p95Ms as number) + 4;
  const p50Label = end === undefined ? 0 : Math.max(ms(end.p50Ms as number) + 4, p95Label + 15);
  return html`<svg viewBox="0 0 ${width} 470" role="img" aria-label="Achieved load and latency over offered load">
    <defs>
      <pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect width="6" height="6" fill="var(--wash)" />
        <line x1="0" y1="0" x2="0" y2="6" stroke="var(--limit)" stroke-opacity=".25" stroke-width="2" />
      </pattern>
    </defs>
    ${onset === null ? null : html`<rect class="onset" x="${x(inside(onset.lastPass ?? 0))}" width="${Math.max(onset.firstFail < minLoad || (onset.lastPass ?? 0) > maxLoad ? 0 : 3, x(inside(onset.firstFail)) - x(inside(onset.lastPass ?? 0)))}" y="${top.to}" height="${bottom.from - top.to}" />`}
    ${ticks(maxLoad, 4).map((tick) => html`<line class="grid" x1="${LEFT}" x2="${width - RIGHT}" y1="${y(tick)}" y2="${y(tick)}" /><text x="${LEFT - 8}" y="${y(tick) + 4}" text-anchor="end">${tick}</text>`)}
    <line class="grid" x1="${x(minLoad)}" y1="${y(minLoad)}" x2="${x(maxLoad)}" y2="${y(maxLoad)}" stroke-dasharray="2 3" />
    <text x="${LEFT}" y="${top.to - 4}">achieved, arrivals/s</text>
    <path class="line" d="${path(climb.map((step) => [x(step.offered), y(step.achieved)]))}" />
    ${steps.map((step) => mark(step, y(step.achieved)))}
    ${last === undefined ? null : html`<text class="ink" x="${x(last.offered) + 10}" y="${y(last.achieved) + 4}">achieved</text>`}
    ${decades(10 ** lowest, 10 ** highest).map((tick) => html`<line class="grid" x1="${LEFT}" x2="${width - RIGHT}" y1="${ms(tick)}" y2="${ms(tick)}" /><text x="${LEFT - 8}" y="${ms(tick) + 4}" text-anchor="end">${tick >= 1 ? tick.toLocaleString('en') : tick}</text>`)}
    <text x="${LEFT}" y="${bottom.to - 8}">latency from the due time, ms</text>
    ${predicted === null ? null : bracket(predicted, x, { from: minLoad, to: maxLoad }, { top: top.from + 6, bottom: bottom.from, plot: top.to })}
    <line class="slo" x1="${LEFT}" x2="${width - RIGHT}" y1="${ms(run.profile.slo.latencyMs)}" y2="${ms(run.profile.slo.latencyMs)}" />
    <text class="warm" x="${LEFT + 6}" y="${ms(run.profile.slo.latencyMs) - 5}">SLO p95 ≤ ${run.profile.slo.latencyMs} ms</text>
    <path class="line muted" d="${path(withLatency.map((step) => [x(step.offered), ms(step.p50Ms as number)]))}" />
    <path class="line ink" d="${path(withLatency.map((step) => [x(step.offered), ms(step.p95Ms as number)]))}" />
    ${steps.flatMap((step) => (step.p95Ms === null ? [] : [mark(step, ms(step.p95Ms))]))}
    ${end === undefined ? null : html`<text class="ink" x="${x(end.offered) + 10}" y="${p95Label}">p95</text><text x="${x(end.offered) + 10}" y="${p50Label}">p50</text>`}
    <line class="axis" x1="${LEFT}" x2="${width - RIGHT}" y1="${bottom.from}" y2="${bottom.from}" />
    ${ticks(maxLoad, loads === null ? 6 : 12).map((tick) => (tick < minLoad ? '' : html`<text x="${x(tick)}" y="${bottom.from + 18}" text-anchor="middle">${tick}</text>`))}
    <text x="${(LEFT + width - RIGHT) / 2}" y="${bottom.from + 38}" text-anchor="middle">
      offered, arrivals/s ● SLO met ○ SLO missed ◁ step back
    </text>
  </svg>`;
}

/** Open at an end that lies outside of the chart. */
function bracket(
  { low, high }: PredictedLoad,
  x: Scale,
  loads: { readonly from: number; readonly to: number },
  at: { readonly plot: number; readonly top: number; readonly bottom: number },
): Html {
  const inside = (load: number): number => Math.min(loads.to, Math.max(loads.from, load));
  const [from, to] = [inside(low), inside(high)];
  const ends = [low, high].filter((load) => load === inside(load));
  return html`<g class="predicted">
    <path d="M${x(from)} ${at.top}H${x(to)}" />
    ${ends.map((load) => html`<path stroke-dasharray="2 4" d="M${x(load)} ${at.plot}V${at.bottom}" />`)}
    <text class="ink" x="${(x(from) + x(to)) / 2}" y="${at.top + 15}" text-anchor="middle">you said ${low}–${high}/s</text>
  </g>`;
}

/** One resource over time: use of its limit per block, steps as ticks below. */
export function useChart(run: RunData, resource: string): Html {
  const width = 300;
  const height = 76;
  const steps = run.steps.filter((step) => step.kind !== 'idle' || step.endMs > step.startMs);
  const startMs = steps[0]?.startMs ?? 0;
  const endMs = steps.at(-1)?.endMs ?? 1;
  const points = steps.flatMap((step) => {
    const blocks = step.use.find((use) => use.resource === resource)?.blocks ?? [];
    const length = (step.endMs - step.startMs) / Math.max(1, blocks.length);
    return blocks.map((busy, index) => ({ atMs: step.startMs + (index + 0.5) * length, busy }));
  });
  const top = Math.max(1, ...points.map((point) => point.busy));
  const x = linear([startMs, endMs], [28, width - 4]);
  const y = linear([0, top], [height - 16, 6]);
  return html`<svg
    viewBox="0 0 ${width} ${height}"
    role="img"
    aria-label="Use of the limit over time, highest ${percent(Math.max(0, ...points.map((point) => point.busy)))}"
  >
    <line class="grid" x1="28" x2="${width - 4}" y1="${y(0)}" y2="${y(0)}" />
    <line class="slo" x1="28" x2="${width - 4}" y1="${y(AT_LIMIT)}" y2="${y(AT_LIMIT)}" />
    <text x="24" y="${y(AT_LIMIT) + 4}" text-anchor="end">92</text>
    <text x="24" y="${y(0) + 4}" text-anchor="end">0</text>
    <path class="line" d="${path(points.map((point) => [x(point.atMs), y(point.busy)]))}" />
    ${loadSteps(run).map((step) => html`<text x="${x((step.startMs + step.endMs) / 2)}" y="${height - 2}" text-anchor="middle">${step.index}</text>`)}
  </svg>`;
}
