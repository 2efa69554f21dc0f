import type { ReactNode } from 'react';
import { outcomeSentence, type ExpectationResult, type ExperimentOutcome } from '@loadstair/experiments/outcome';
import { databasesTable, incidents, outcomeCurve, stepsTable } from '@loadstair/report-view';
import type { RunAnswer } from '@loadstair/lab-api';
import { useTitle } from '../shell/use-title.ts';
import { TopologyPicture } from '../topology/topology-picture.tsx';
import { RunTabs } from '../run-tabs.tsx';
import { RunHeader } from './run-header.tsx';
import { Shared } from './shared.tsx';
import { useFragment } from './use-fragment.ts';
import { Heads } from '../shell/heads.tsx';

const MARKS: Readonly<Record<ExperimentOutcome['kind'], string>> = { held: '✓', 'not-held': '✗', refused: '×' };

/** An experiment that has ended: each expectation with what was measured. */
export function OutcomeReport({
  run,
  outcome,
}: {
  readonly run: Extract<RunAnswer, { state: 'ended' }>;
  readonly outcome: ExperimentOutcome;
}): ReactNode {
  const { manifest, runData, notes } = run;
  useTitle(`${MARKS[outcome.kind]} ${outcome.experiment} · run ${manifest.run}`);
  useFragment();
  return (
    <article className="report">
      <RunTabs id={manifest.run} />
      <RunHeader manifest={manifest} />
      <section id="outcome" className={`verdict ${outcome.kind}`}>
        <h1>
          <span className="mark">{MARKS[outcome.kind]}</span> {outcomeSentence(outcome)}
        </h1>
        <p>{outcome.title}</p>
        <ul className="expectations">
          {outcome.checks.map((check) => (
            <li key={check.code}>
              × {check.code} {check.measured}; allowed {check.allowed}. {check.advice}
            </li>
          ))}
          {outcome.results.map((result) => (
            <Expectation key={result.about} result={result} />
          ))}
        </ul>
      </section>
      {outcome.curve === undefined ? null : <Shared part={outcomeCurve(outcome.curve)} />}
      {outcome.table === null ? null : (
        <div className="scroll" tabIndex={0}>
          <table>
            <Heads columns={outcome.table.head} />
            <tbody>
              {outcome.table.rows.map((row) => (
                <tr key={row[0]}>
                  {row.map((cell, index) => (
                    <td key={index}>{cell}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <h2>Topology</h2>
      <TopologyPicture topology={manifest.topology} store={null} named={null} />
      <h2>What happened</h2>
      <Shared part={incidents(runData, notes)} />
      <h2>Phases</h2>
      <div id="steps">
        <Shared part={stepsTable(runData)} />
      </div>
      <Shared part={databasesTable(runData)} />
      <p>
        Repeat it with <code>{manifest.command}</code>
      </p>
    </article>
  );
}

function Expectation({ result }: { readonly result: ExpectationResult }): ReactNode {
  const mark = result.holds === null ? '×' : result.holds ? '✓' : '✗';
  return (
    <li className={result.holds === true ? 'held' : ''}>
      <p>
        <span className="mark">{mark}</span> {result.about}
      </p>
      <dl className="rows">
        <dt>expected</dt>
        <dd>{result.expected}</dd>
        <dt>measured</dt>
        <dd>
          {result.measured}
          {result.details.map((detail) => (
            <span className="detail" key={detail}>
              {detail}
            </span>
          ))}
        </dd>
      </dl>
    </li>
  );
}
