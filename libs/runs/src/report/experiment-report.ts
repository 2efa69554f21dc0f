import { utcMinute, type RunData } from '@loadstair/analysis';
import { outcomeSentence, type ExperimentOutcome } from '@loadstair/experiments';
import {
  databasesTable,
  html,
  NO_TIMELINE,
  OUTCOME_MARKS,
  outcomeBlock,
  outcomeCurve,
  outcomeTable,
  outcomeTimeline,
  stepsTable,
  timelineCaption,
  timelineMarks,
  timelineTable,
  type Html,
} from '@loadstair/report-view';
import type { RunEvent } from '../events.ts';
import type { Manifest } from '../manifest.ts';
import { failuresSection } from './failures-section.ts';
import { hostNotes, manifestSection } from './manifest-section.ts';
import { page } from './page.ts';
import { replaySection } from './replay-section.ts';

export interface ExperimentReportInput {
  readonly manifest: Manifest;
  readonly runData: RunData;
  readonly outcome: ExperimentOutcome;
  readonly events: readonly RunEvent[];
}

/** An experiment as one HTML file: no network, what it came to first. */
export function renderExperiment({ manifest, runData, outcome, events }: ExperimentReportInput): string {
  const title = `${OUTCOME_MARKS[outcome.kind]} ${outcomeSentence(outcome)} · run ${manifest.run}`;
  const bar = [
    `Loadstair · ${manifest.stage} ${manifest.slug} · experiment ${outcome.experiment} · seed ${manifest.seed}`,
    `run ${manifest.run} · ${utcMinute(manifest.startedAt)}`,
  ] as const;
  const replay = replaySection(manifest, runData, events);
  const content = html` ${outcomeBlock(outcome)} ${overTime(outcome, runData)} ${replay}
    ${
      outcome.curve === undefined
        ? null
        : html`<h2>${`Effect of: ${outcome.curve.over}`}</h2>
            ${outcomeCurve(outcome.curve)}`
    }
    ${outcomeTable(outcome)}
    ${
      runData.steps.length === 0
        ? null
        : html`<h2>Phases</h2>
            ${stepsTable(runData)}`
    }
    ${failuresSection(runData)} ${databasesTable(runData)}
    <h2>What happened to hosts</h2>
    ${hostNotes(runData, events, outcome.timeline?.startMs)} ${manifestSection(manifest)}`;
  return page(title, bar, content, replay !== null);
}

/** Load, failures and latency while it went on, and the same as a table. */
function overTime({ timeline }: ExperimentOutcome, { profile }: RunData): Html {
  if (timeline === undefined) return html`<p>${NO_TIMELINE}</p>`;
  return html`<h2 id="over-time">Over time</h2>
    <figure class="over-time">
      ${outcomeTimeline(timeline, profile.slo)}
      <figcaption>${timelineCaption(timeline)}</figcaption>
    </figure>
    ${timelineMarks(timeline)}
    <details>
      <summary>The same as a table</summary>
      ${timelineTable(timeline, profile.slo)}
    </details>`;
}
