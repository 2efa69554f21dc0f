import { METRICS, counted, orNone, quantile, select, sum } from '@loadstair/telemetry';
import { K6 } from './names.ts';
import type { PlacedLater } from './panels/panel.ts';
import { statPanel } from './panels/single-values.ts';
import { timeSeries } from './panels/time-series.ts';
import { mixed } from './slo.ts';

/** None dropped is told only while the generator counts at all. */
const DROPPED = orNone(sum(counted(K6.dropped)), sum(counted(K6.iterations)));

/** Offered and achieved load: the first thing to look at on every dashboard that shows a run. */
export const loadPanel = (width: number): PlacedLater =>
  timeSeries({
    key: 'load',
    title: 'Load',
    description: 'Arrivals offered, started and completed. Where achieved is below offered, the site does not keep up.',
    unit: 'arrivals/s',
    width,
    queries: [
      { expr: select(METRICS.offered), legend: 'offered', every: 1, colour: 'fourth' },
      { expr: select(METRICS.started), legend: 'started', every: 1, colour: 'second' },
      { expr: select(METRICS.achieved), legend: 'achieved', every: 1, colour: 'through' },
    ],
  });

/** Latency as a user meets it. */
export const latencyPanel = (width: number): PlacedLater =>
  timeSeries({
    key: 'latency',
    title: 'Latency',
    description:
      'Time from the moment a request was due to its answer, all requests together. The dashed line is the p95 SLO of the stored profiles.',
    unit: 's',
    width,
    log: true,
    limitLine: mixed.slo.latencyMs / 1000,
    queries: [
      { expr: quantile(0.95, K6.latency), legend: 'p95', colour: 'ink' },
      { expr: quantile(0.99, K6.latency), legend: 'p99', colour: 'fourth' },
      { expr: quantile(0.5, K6.latency), legend: 'p50', colour: 'muted' },
    ],
  });

export const latenessPanel = (width: number): PlacedLater =>
  timeSeries({
    key: 'lateness',
    title: 'Lateness',
    description:
      'How long after their due time arrivals started, p99 of the last 200. If it grows while the site keeps up, the load generator is too slow. Above 8 % of the latency that the SLO allows, the run is refused (GEN_SCHED).',
    unit: 's',
    width,
    queries: [{ expr: select(METRICS.late), every: 1 }],
  });

export const droppedPanel = (): PlacedLater =>
  statPanel({
    key: 'dropped',
    title: 'Dropped',
    description: 'Arrivals that never started because no virtual user of k6 was free. Each of them makes the load lower than offered.',
    unit: 'short',
    height: 7,
    queries: [{ expr: DROPPED }],
  });
