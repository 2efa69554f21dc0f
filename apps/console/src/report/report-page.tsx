import { useMemo, type ReactNode } from 'react';
import { saveFile } from '@loadstair/dashboard-view/save-file';
import { rate, resourceName, verdictText } from '@loadstair/analysis';
import {
  capacitySection,
  classesTable,
  databasesTable,
  evidence,
  heatStrip,
  incidents,
  observer,
  proof,
  regionsTable,
  split,
  stepsCsv,
  stepsTable,
  trust,
  useOverTime,
  verdictBlock,
} from '@loadstair/report-view';
import type { RunAnswer } from '@loadstair/lab-api';
import { fixedStore } from '../live/live-store.ts';
import { Command } from '../shell/copy-button.tsx';
import { useNarrow } from '../shell/use-narrow.ts';
import { useTitle } from '../shell/use-title.ts';
import { TopologyPicture } from '../topology/topology-picture.tsx';
import { OutcomeReport } from './outcome-report.tsx';
import { RunTabs } from '../run-tabs.tsx';
import { Confirm } from './confirm.tsx';
import { KeepsUp } from './keeps-up.tsx';
import { Failures } from './failures.tsx';
import { ReplaySection } from '../replay/replay-section.tsx';
import { RunHeader } from './run-header.tsx';
import { Shared } from './shared.tsx';
import { stepShown } from './step-shown.ts';
import { useFragment } from './use-fragment.ts';

/** Width of a chart on a phone, px. */
const NARROW = 358;

type EndedRun = Extract<RunAnswer, { state: 'ended' }>;

/** A run that has ended: its verdict first, then what it rests on. */
export function ReportPage({ run, again }: { readonly run: EndedRun; readonly again: () => void }): ReactNode {
  return run.outcome === null ? <VerdictReport run={run} again={again} /> : <OutcomeReport run={run} outcome={run.outcome} />;
}

function VerdictReport({ run, again }: { readonly run: EndedRun; readonly again: () => void }): ReactNode {
  const { manifest, runData, verdict, search, confirmation, notes } = run;
  const text = verdictText(verdict, runData, confirmation);
  useTitle(`${text.mark} ${verdict.kind === 'named' ? resourceName(verdict) : verdict.kind} · run ${manifest.run}`);
  useFragment();
  const narrow = useNarrow();
  const shown = useMemo(() => stepShown(runData), [runData]);
  const store = useMemo(() => (shown === null ? null : fixedStore(shown.run)), [shown]);
  const refused = verdict.kind === 'refused';
  const databases = databasesTable(runData);
  const regions = regionsTable(runData);
  const named = verdict.kind === 'named' ? { hosts: [verdict, ...verdict.with].flatMap((one) => one.hosts) } : null;
  return (
    <article className="report">
      <RunTabs id={manifest.run} />
      <RunHeader manifest={manifest} />
      <Shared part={verdictBlock(verdict, runData, confirmation)} />
      {named === null || confirmation !== null ? null : <Confirm id={manifest.run} onDone={again} />}
      <Shared part={proof(confirmation, verdict, narrow ? NARROW : undefined)} />
      {refused ? <Shared part={trust(runData, true)} /> : null}
      <h2>{shown === null ? 'Topology' : `Topology, use in step ${shown.index} at ${rate(shown.offered)}/s`}</h2>
      <TopologyPicture topology={manifest.topology} store={store} named={named} />
      <ReplaySection manifest={manifest} />
      <div className="two">
        <section id="keeps-up">
          <h2>Does it keep up?</h2>
          <KeepsUp run={runData} />
        </section>
        <section id="evidence">
          <h2>{refused ? 'What was measured' : 'Evidence'}</h2>
          <Shared part={evidence(verdict, runData, (number) => `/runs/${manifest.run}/evidence/${number}`)} />
          <Shared part={split(verdict, runData)} />
        </section>
      </div>
      <Shared part={capacitySection(search, runData, verdict)} />
      <section id="runs-out">
        <h2>What runs out, in order</h2>
        <Shared part={heatStrip(runData, verdict)} />
      </section>
      <section id="use">
        <h2>Use of every resource during the run</h2>
        <Shared part={useOverTime(runData)} />
      </section>
      <details id="steps" open>
        <summary>Steps</summary>
        <Shared part={stepsTable(runData)} />
        <p className="tools">
          <button type="button" onClick={() => saveFile(`steps-${manifest.run}.csv`, 'text/csv', stepsCsv(runData))}>
            Save CSV
          </button>
        </p>
      </details>
      <Failures run={manifest.run} runData={runData} />
      <details id="requests">
        <summary>Kinds of request</summary>
        <Shared part={classesTable(runData)} />
      </details>
      {databases === null ? null : (
        <details id="databases" open>
          <summary>Reads and writes of each database host</summary>
          <Shared part={databases} />
        </details>
      )}
      {regions === null ? null : (
        <details id="regions" open>
          <summary>Regions and origin of files</summary>
          <Shared part={regions} />
        </details>
      )}
      {refused ? null : <Shared part={trust(runData, false)} />}
      <details id="observer">
        <summary>Cost of measuring</summary>
        <Shared part={observer(runData)} />
      </details>
      <details id="incidents">
        <summary>What happened</summary>
        <Shared part={incidents(runData, notes)} />
      </details>
      <details id="manifest">
        <summary>Manifest</summary>
        <p>
          Repeat it with <Command>{manifest.command}</Command>
        </p>
        <pre tabIndex={0}>{JSON.stringify(manifest, null, 2)}</pre>
      </details>
    </article>
  );
}
