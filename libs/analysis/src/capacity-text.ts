import type { Capacity } from './capacity.ts';
import { interval, milliseconds, percent, rate } from '@loadstair/resources';
import { quantile } from './histogram.ts';
import type { RunData, Slo } from './run-data.ts';

/** `p95 ≤ 250 ms, errors ≤ 1 %` */
export function sloText(slo: Slo): string {
  return `p${slo.quantile * 100} ≤ ${slo.latencyMs} ms, errors ≤ ${percent(slo.errorShare)}`;
}

/** How fast the machine was meanwhile, and what its usual speed is told by. */
function speedRow({ trials, usual }: Capacity): [string, string][] {
  if (usual === null) return [];
  const speeds = trials.map((one) => one.speed);
  const range = `${Math.min(...speeds).toFixed(2)}–${Math.max(...speeds).toFixed(2)}`;
  const of = usual.runs === 1 ? 'of its mean speed in this search' : `of its usual speed (${usual.runs} runs)`;
  return [['machine', `at ${range} ${of}; loads are corrected for it`]];
}

/** Capacity in words: the sentence, then labelled rows, as a verdict has them. */
export function capacityLines(capacity: Capacity, run: RunData, limitedBy: string): string[] {
  const trial = capacity.trials.find((one) => !one.holds && one.problems.length === 0 && one.load >= capacity.load);
  const step = trial === undefined ? undefined : run.steps[trial.step];
  const p = `p${run.profile.slo.quantile * 100}`;
  const slow = step === undefined ? null : quantile(step.load.latency, run.profile.slo.quantile);
  const fails: Readonly<Record<Capacity['failing'], string>> = {
    'slo-latency': slow === null ? `${p} over its limit` : `${p} ${milliseconds(slow)} ms`,
    'slo-errors':
      step === undefined
        ? 'too many failed requests'
        : `${percent(step.load.failed / Math.max(1, step.load.requests))} of the requests failed`,
    goodput: 'fewer journeys completed than offered',
    backlog: 'a backlog grew',
  };
  const counted = capacity.trials.filter((one) => one.problems.length === 0);
  const shown = counted.map((one) => `${one.holds ? '●' : '○'} ${rate(one.load)}`).join('  ');
  const rows: [string, string][] = [
    ['SLO', `${run.profile.name}: ${sloText(run.profile.slo)}`],
    ['fails by', trial === undefined ? fails[capacity.failing] : `${fails[capacity.failing]} at ${rate(trial.load)}/s`],
    ['limit', limitedBy],
    ['trials', `${counted.length} of ${capacity.trials.length} are valid: ${shown}`],
    ...speedRow(capacity),
  ];
  return [
    `● Stage ${run.stage.number} ${run.stage.slug} holds ${rate(capacity.load)} arrivals/s (95 %: ${interval(capacity.interval, capacity.load)}).`,
    ...rows.map(([label, row]) => `  ${label.padEnd(8)} ${row}`),
  ];
}
