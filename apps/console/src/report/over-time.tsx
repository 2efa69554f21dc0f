import { useState, type ReactNode } from 'react';
import { saveFile } from '@loadstair/dashboard-view/save-file';
import type { ExperimentOutcome, OutcomeTimeline } from '@loadstair/experiments/outcome';
import {
  NO_TIMELINE,
  outcomeTimeline,
  runTime,
  timelineCaption,
  timelineCsv,
  timelineMarks,
  timelinePlot,
  timelineTable,
  wholeOf,
  type PredictedSpan,
} from '@loadstair/report-view';
import type { Slo } from '@loadstair/analysis';
import { Drawing } from '../charts/drawing.tsx';
import { useDrawnWidth } from '../charts/use-drawn-width.ts';
import type { AxisSpan } from '../charts/zoom.ts';
import { Shared } from './shared.tsx';

/** Slices that are shown at least. */
const LEAST_SLICES = 5;

/** What users felt while an experiment went on, with a mark for all that was done; the same as a table. */
export function OverTime({
  run,
  outcome,
  slo,
}: {
  readonly run: string;
  readonly outcome: ExperimentOutcome;
  readonly slo: Slo;
}): ReactNode {
  const { timeline, experiment } = outcome;
  const width = useDrawnWidth();
  if (timeline === undefined) return <p className="muted">{NO_TIMELINE}</p>;
  const file = `${experiment}-${run}`;
  return (
    <section id="over-time">
      <h2>Over time</h2>
      <Timeline
        timeline={timeline}
        slo={slo}
        width={width}
        file={file}
        tools={
          <button type="button" onClick={() => saveFile(`${file}.csv`, 'text/csv', timelineCsv(timeline, slo))}>
            Save CSV
          </button>
        }
      />
      <details>
        <summary>The same as a table</summary>
        <Shared part={timelineTable(timeline, slo)} />
      </details>
    </section>
  );
}

/** The chart alone, with its marks; a part of its time can be looked at. */
export function Timeline({
  timeline,
  slo,
  width,
  file,
  predicted = null,
  tools = null,
}: {
  readonly timeline: OutcomeTimeline;
  readonly slo: Slo;
  readonly width: number;
  readonly file: string;
  readonly predicted?: PredictedSpan | null;
  readonly tools?: ReactNode;
}): ReactNode {
  const [shown, show] = useState<AxisSpan | null>(null);
  const { fromMs, toMs } = wholeOf(timeline);
  return (
    <>
      <Drawing
        part={outcomeTimeline(timeline, slo, {
          width,
          predicted,
          window: shown === null ? null : { fromMs: shown.from, toMs: shown.to },
        })}
        file={file}
        caption={timelineCaption(timeline)}
        zoom={{
          of: 'time',
          plot: { ...timelinePlot(width), width },
          whole: { from: fromMs, to: toMs },
          shown,
          least: LEAST_SLICES * timeline.sliceS * 1000,
          words: (ms) => runTime((ms - fromMs) / 1000),
          onShow: show,
        }}
        tools={tools}
      />
      <Shared part={timelineMarks(timeline)} />
    </>
  );
}
