import { percent, rate, stepSummaries, type RunData } from '@loadstair/analysis';

/** How far the SLO held, one sentence. */
export function keepsUp(run: RunData): string {
  const steps = stepSummaries(run).filter((step) => step.kind === 'load');
  const held = steps.filter((step) => step.holds);
  const best = held.at(-1);
  return `${held.length} of ${steps.length} steps met the SLO (p95 ≤ ${run.profile.slo.latencyMs} ms, at most ${percent(run.profile.slo.errorShare)} failed requests)${best === undefined ? '' : `; the highest offered ${rate(best.offered)} arrivals/s`}.`;
}
