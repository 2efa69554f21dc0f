import { utcMinute, verdictText, type Confirmation, type RunData, type SearchOutcome, type Verdict } from '@loadstair/analysis';
import {
  capacitySection,
  classesTable,
  databasesTable,
  evidence,
  heatStrip,
  html,
  keepsUp,
  observer,
  onsetChart,
  proof,
  regionsTable,
  split,
  stepsTable,
  trust,
  useOverTime,
  verdictBlock,
  type Html,
} from '@loadstair/report-view';
import type { Manifest } from '../manifest.ts';
import type { RunEvent } from '../events.ts';
import type { OpenedRun } from '../run-folder.ts';
import { renderExperiment } from './experiment-report.ts';
import { hostNotes, manifestSection } from './manifest-section.ts';
import { failuresSection } from './failures-section.ts';
import { page } from './page.ts';
import { replaySection } from './replay-section.ts';

export interface ReportInput {
  readonly manifest: Manifest;
  readonly runData: RunData;
  readonly verdict: Verdict;
  readonly events: readonly RunEvent[];
  readonly search: SearchOutcome | null;
  readonly confirmation: Confirmation | null;
}

function regions(run: RunData): Html | null {
  const table = regionsTable(run);
  if (table === null) return null;
  return html`<details open id="regions">
    <summary>Regions and origin of files</summary>
    ${table}
  </details>`;
}

function databases(run: RunData): Html | null {
  const table = databasesTable(run);
  if (table === null) return null;
  return html`<details open id="databases">
    <summary>Reads and writes of each database host</summary>
    ${table}
  </details>`;
}

/** A run as one HTML file: no network, what it came to first. */
export function reportHtml(run: ReportInput & Pick<OpenedRun, 'outcome'>): string {
  return run.outcome === null ? renderReport(run) : renderExperiment({ ...run, outcome: run.outcome });
}

/** Of a run that has a verdict. */
export function renderReport({ manifest, runData, verdict, events, search, confirmation }: ReportInput): string {
  const text = verdictText(verdict, runData, confirmation);
  const title = `${text.mark} ${text.sentence} · run ${manifest.run}`;
  const bar = [
    `Loadstair · ${manifest.stage} ${manifest.slug} · profile ${manifest.profile} · seed ${manifest.seed}`,
    `run ${manifest.run} · ${utcMinute(manifest.startedAt)}`,
  ] as const;
  const replay = replaySection(manifest, runData, events);
  const content = html` ${verdictBlock(verdict, runData, confirmation)} ${verdict.kind === 'refused' ? trust(runData, true) : null}
    <div class="two">
      <section>
        <h2 id="keeps-up">Does it keep up?</h2>
        <figure>
          ${onsetChart(runData)}
          <figcaption>${keepsUp(runData)}</figcaption>
        </figure>
      </section>
      <section>
        <h2 id="evidence">${verdict.kind === 'refused' ? 'What was measured' : 'Evidence'}</h2>
        ${evidence(verdict, runData)}${split(verdict, runData)}
      </section>
    </div>
    ${replay} ${proof(confirmation, verdict)} ${capacitySection(search, runData, verdict)}
    <h2 id="runs-out">What runs out, in order</h2>
    ${heatStrip(runData, verdict)}
    <h2>Use of every resource during the run</h2>
    ${useOverTime(runData)}
    <details open id="steps">
      <summary>Steps</summary>
      ${stepsTable(runData)}
    </details>
    ${failuresSection(runData)}
    <details>
      <summary>Kinds of request</summary>
      ${classesTable(runData)}
    </details>
    ${databases(runData)} ${regions(runData)} ${verdict.kind === 'refused' ? null : trust(runData, false)}
    <details>
      <summary>Cost of measuring</summary>
      ${observer(runData)}
    </details>
    <details>
      <summary>What happened</summary>
      ${hostNotes(runData, events)}
    </details>
    ${manifestSection(manifest)}`;
  return page(title, bar, content, replay !== null);
}
