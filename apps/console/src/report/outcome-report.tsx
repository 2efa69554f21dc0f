import type { ReactNode } from 'react';
import { saveFile } from '@loadstair/dashboard-view/save-file';
import type { ExperimentOutcome } from '@loadstair/experiments/outcome';
import {
  databasesTable,
  incidents,
  OUTCOME_MARKS,
  outcomeBlock,
  outcomeCurve,
  outcomeTable,
  stepsCsv,
  stepsTable,
} from '@loadstair/report-view';
import type { RunAnswer } from '@loadstair/lab-api';
import { Command } from '../shell/copy-button.tsx';
import { useTitle } from '../shell/use-title.ts';
import { TopologyPicture } from '../topology/topology-picture.tsx';
import { ReplaySection } from '../replay/replay-section.tsx';
import { RunTabs } from '../run-tabs.tsx';
import { OverTime } from './over-time.tsx';
import { Failures } from './failures.tsx';
import { RunHeader } from './run-header.tsx';
import { Shared } from './shared.tsx';
import { useFragment } from './use-fragment.ts';

/** An experiment that has ended: each expectation with what was measured, then what users felt over time. */
export function OutcomeReport({
  run,
  outcome,
}: {
  readonly run: Extract<RunAnswer, { state: 'ended' }>;
  readonly outcome: ExperimentOutcome;
}): ReactNode {
  const { manifest, runData, notes } = run;
  useTitle(`${OUTCOME_MARKS[outcome.kind]} ${outcome.experiment} · run ${manifest.run}`);
  useFragment();
  return (
    <article className="report">
      <RunTabs id={manifest.run} />
      <RunHeader manifest={manifest} />
      <Shared part={outcomeBlock(outcome)} />
      <OverTime run={manifest.run} outcome={outcome} slo={runData.profile.slo} />
      {outcome.curve === undefined ? null : (
        <>
          <h2>Effect of: {outcome.curve.over}</h2>
          <Shared part={outcomeCurve(outcome.curve)} />
        </>
      )}
      <Shared part={outcomeTable(outcome)} />
      <h2>Topology</h2>
      <TopologyPicture topology={manifest.topology} store={null} named={null} />
      <ReplaySection manifest={manifest} />
      <h2>What happened</h2>
      <Shared part={incidents(runData, notes, outcome.timeline?.startMs)} />
      <h2>Phases</h2>
      <div id="steps">
        <Shared part={stepsTable(runData)} />
        <p className="tools">
          <button type="button" onClick={() => saveFile(`steps-${manifest.run}.csv`, 'text/csv', stepsCsv(runData))}>
            Save CSV
          </button>
        </p>
      </div>
      <Failures run={manifest.run} runData={runData} />
      <Shared part={databasesTable(runData)} />
      <p>
        Repeat it with <Command>{manifest.command}</Command>
      </p>
    </article>
  );
}
