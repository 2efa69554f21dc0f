import { METRICS } from '@loadstair/telemetry';
import { K6 } from './names.ts';
import type { PlacedLater } from './panels/panel.ts';
import { statPanel } from './panels/single-values.ts';
import { timeSeries } from './panels/time-series.ts';
import { counted, orNone, quantile, rate, select, sum } from './promql.ts';
import { mixed } from './slo.ts';

export const FAILED = { expected_response: 'false' };

/** Arrivals that began, each second; k6's counters of its own begin only with the end of an arrival. */
const STARTED = `histogram_count(${sum(rate(K6.lateness))})`;
/** An arrival ends at its first failed request, so failed requests are failed arrivals. */
const ACHIEVED = `${sum(rate(K6.iterations))} - ${orNone(sum(rate(K6.requests, FAILED)), sum(rate(K6.iterations)))}`;
const DROPPED = orNone(sum(counted(K6.dropped)), sum(counted(K6.iterations)));

/** Offered and achieved load: the first thing to look at on every dashboard that shows a run. */
export const loadPanel = (width: number): PlacedLater =>
  timeSeries({
    key: 'load',
    title: 'Load',
    description: 'Arrivals offered, begun and ended well. Where achieved falls behind offered, the site does not keep up.',
    unit: 'arrivals/s',
    width,
    queries: [
      { expr: select(METRICS.offered), legend: 'offered', every: 1, colour: 'fourth' },
      { expr: STARTED, legend: 'started', colour: 'second' },
      { expr: ACHIEVED, legend: 'achieved', colour: 'through' },
    ],
  });

/** Latency as a user meets it. */
export const latencyPanel = (width: number): PlacedLater =>
  timeSeries({
    key: 'latency',
    title: 'Latency',
    description:
      'Time from when a request was due to its answer, all requests together. The dashed line is the SLO of p95 in the stored profiles.',
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
      'How long after their due time arrivals began. Above 10 ms while the site keeps up, the generator itself is too slow, and the run is refused.',
    unit: 's',
    width,
    queries: [
      { expr: quantile(0.99, K6.lateness), legend: 'p99' },
      { expr: quantile(0.5, K6.lateness), legend: 'p50' },
    ],
  });

export const droppedPanel = (): PlacedLater =>
  statPanel({
    key: 'dropped',
    title: 'Dropped',
    description: 'Arrivals that never began because no virtual user of k6 was free. Every one makes the load less than was asked for.',
    unit: 'short',
    height: 7,
    queries: [{ expr: DROPPED }],
  });
