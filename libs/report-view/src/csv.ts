import type { OutcomeTimeline } from '@loadstair/experiments/outcome';
import { stepSummaries, type RunData, type Slo } from '@loadstair/analysis';
import { phaseAt } from './timeline/timeline-table.ts';
import { slicesIn, wholeOf } from './timeline/timeline-window.ts';

type Cell = string | number | boolean | null;

/**
 * Rows as comma-separated values with a head (RFC 4180). Numbers are exact, with a point; what is not known is empty. Text that a
 * spreadsheet would take for a formula gets an apostrophe in front: a file may come from a run of somebody else.
 */
export function csv(head: readonly string[], rows: readonly (readonly Cell[])[]): string {
  return [head, ...rows].map((cells) => `${cells.map(quoted).join(',')}\r\n`).join('');
}

function quoted(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell !== 'string') return String(cell);
  const text = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Steps of a run, a row each. */
export function stepsCsv(run: RunData): string {
  return csv(
    [
      'step',
      'kind',
      'offered_per_s',
      'achieved_per_s',
      'p50_ms',
      'p95_ms',
      'requests',
      'failed',
      'stale',
      'unfinished',
      'late_p99_ms',
      'never_began',
      'slo_held',
    ],
    stepSummaries(run).map((step) => [
      step.index,
      step.kind,
      step.offered,
      step.achieved,
      step.p50Ms,
      step.p95Ms,
      step.requests,
      step.failed,
      step.stale,
      step.unfinished,
      step.lateP99Ms,
      step.dropped,
      step.holds,
    ]),
  );
}

/** What users felt during an experiment, a row a slice; times are s from the begin of load. */
export function timelineCsv(timeline: OutcomeTimeline, slo: Slo): string {
  const rows = slicesIn(timeline, wholeOf(timeline)).map((slice) => {
    const phase = phaseAt(timeline, slice);
    return [
      (slice.startMs - timeline.startMs) / 1000,
      phase?.name ?? null,
      phase?.offered ?? null,
      slice.completedPerS,
      slice.requests,
      slice.failed,
      slice.medianMs,
      slice.quantileMs,
    ];
  });
  return csv(['time_s', 'phase', 'offered_per_s', 'completed_per_s', 'requests', 'failed', 'p50_ms', `p${100 * slo.quantile}_ms`], rows);
}
