import { useMemo, type ReactNode } from 'react';
import { milliseconds, rate } from '@loadstair/analysis';
import type { PredictedLoad } from '@loadstair/report-view';
import { LineChart } from '../charts/line-chart.tsx';
import type { LineSeries } from '../charts/plot-options.ts';
import { behind } from './behind.ts';
import type { LiveState } from '@loadstair/runs/live-state';
import { minutes } from './live-words.ts';

/** Offered against achieved load; what is late or was dropped as numbers. */
export function LoadChart({ run, predicted = null }: { readonly run: LiveState; readonly predicted?: PredictedLoad | null }): ReactNode {
  const { points, now } = run;
  const xs = useSeconds(run);
  const series = useMemo(
    () =>
      [
        { label: 'offered', values: points.map((point) => point.offered), token: 'muted', width: 1, dashed: true, stepped: true },
        { label: 'achieved', values: points.map((point) => point.achieved), token: 'through', width: 2 },
        ...(predicted === null ? [] : said(predicted, points.length)),
      ] as const,
    [points, predicted],
  );
  const gap = useMemo(() => behind(points), [points]);
  const summary =
    now === null
      ? 'No load yet.'
      : `${rate(now.achievedPerS)} of ${rate(points.at(-1)?.offered ?? 0)} arrivals/s achieved · late p99 ${milliseconds(now.lateP99Ms)} ms · dropped ${now.dropped}`;
  return (
    <LineChart
      title="Load, arrivals/s"
      summary={summary}
      xs={xs}
      series={series}
      gap={gap}
      log={false}
      mark={null}
      xWords={minutes}
      yWords={(y) => rate(y)}
    />
  );
}

/** Where somebody said that the site stops keeping up: a line at each end. */
function said({ low, high }: PredictedLoad, points: number): LineSeries[] {
  return [
    { label: 'you said', load: low },
    { label: 'to', load: high },
  ].map(({ label, load }) => ({ label, values: Array.from({ length: points }, () => load), token: 'ink', width: 1, dashed: true }));
}

/** Latency of the last seconds, from the due time. */
export function LatencyChart({ run }: { readonly run: LiveState }): ReactNode {
  const { points, now } = run;
  const xs = useSeconds(run);
  const series = useMemo(
    () =>
      [
        { label: 'p95', values: points.map((point) => point.p95Ms), token: 'ink', width: 2 },
        { label: 'p50', values: points.map((point) => point.p50Ms), token: 'muted', width: 1 },
      ] as const,
    [points],
  );
  const slo = run.started?.slo ?? null;
  const mark = slo === null ? null : { y: slo.latencyMs, words: `SLO p${slo.quantile * 100} ≤ ${slo.latencyMs} ms` };
  const latency = now?.latency ?? null;
  const summary =
    latency === null
      ? 'No request has ended yet.'
      : `p95 ${milliseconds(latency.p95Ms)} ms, p50 ${milliseconds(latency.p50Ms)} ms over the last 3 s, n ${latency.requests.toLocaleString('en')}; the verdict uses whole steps`;
  return (
    <LineChart
      title="Latency from the due time, ms"
      summary={summary}
      xs={xs}
      series={series}
      gap={null}
      log
      mark={mark}
      xWords={minutes}
      yWords={milliseconds}
    />
  );
}

/** Seconds since the first point. */
function useSeconds({ points }: LiveState): readonly number[] {
  return useMemo(() => points.map((point) => (point.atMs - (points[0]?.atMs ?? 0)) / 1000), [points]);
}
