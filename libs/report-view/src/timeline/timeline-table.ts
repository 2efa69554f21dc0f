import type { OutcomeTimeline } from '@loadstair/experiments/outcome';
import { milliseconds, rate, type Slo } from '@loadstair/analysis';
import { html, type Html } from '../html.ts';
import { plainTable } from '../plain-table.ts';
import { runTime } from '../run-time.ts';
import { slicesIn, wholeOf, type Slice } from './timeline-window.ts';

/** From this long on, ms, it is said how long an action took. */
const LONG_MS = 1000;

/** Of an outcome that has no timeline. */
export const NO_TIMELINE =
  'Nothing is drawn over time: this experiment had no load, or it ran with an earlier version of the lab that kept no second-by-second data.';

/** How the chart is to be read. */
export function timelineCaption({ sliceS }: OutcomeTimeline): string {
  return `A request counts at the time it was due. Latency is that of the requests due in the ${3 * sliceS} s around each point, failed ones included.`;
}

/** What was done while load ran, numbered as the marks of the chart are; nothing where nothing was done. */
export function timelineMarks({ startMs, marks }: OutcomeTimeline): Html | null {
  if (marks.length === 0) return null;
  return html`<ol class="marks">
    ${marks.map(
      ({ text, beganMs, endedMs }) =>
        html`<li>
          ${runTime((beganMs - startMs) / 1000)}
          ${text}${endedMs - beganMs < LONG_MS ? '' : ` (took ${((endedMs - beganMs) / 1000).toFixed(1)} s)`}
        </li>`,
    )}
  </ol>`;
}

/** The numbers of the chart, a row a slice. */
export function timelineTable(timeline: OutcomeTimeline, slo: Slo): Html {
  return plainTable(timelineHead(slo), timelineRows(timeline));
}

function timelineHead({ quantile }: Slo): readonly string[] {
  return ['time', 'phase', 'offered /s', 'completed /s', 'requests', 'failed', 'p50 ms', `p${100 * quantile} ms`];
}

/** A row a slice, as people read it. */
export function timelineRows(timeline: OutcomeTimeline): readonly (readonly string[])[] {
  return slicesIn(timeline, wholeOf(timeline)).map((slice) => {
    const phase = phaseAt(timeline, slice);
    const offered = phase?.offered ?? null;
    return [
      runTime((slice.startMs - timeline.startMs) / 1000),
      phase?.name ?? '–',
      offered === null ? '–' : rate(offered),
      rate(slice.completedPerS),
      slice.requests.toLocaleString('en'),
      slice.failed.toLocaleString('en'),
      slice.medianMs === null ? '–' : milliseconds(slice.medianMs),
      slice.quantileMs === null ? '–' : milliseconds(slice.quantileMs),
    ];
  });
}

/** The phase in which a slice lies for the most part. */
export function phaseAt({ phases }: OutcomeTimeline, { startMs, endMs }: Slice): OutcomeTimeline['phases'][number] | null {
  const middleMs = (startMs + endMs) / 2;
  return phases.find((phase) => middleMs >= phase.startMs && middleMs < phase.endMs) ?? null;
}
