import { useMemo, type ReactNode } from 'react';
import { milliseconds, rate, rateWithInterval, sloText } from '@loadstair/analysis';
import type { CompareAnswer } from '@loadstair/lab-api';
import type { Given } from '@loadstair/lab-api/client';
import { comparisonText, staircase, transitionNotes } from '@loadstair/report-view';
import type { PricedArm } from '@loadstair/runs';
import { Link, useSearchParams } from 'wouter';
import { useReading } from '../lab/use-reading.ts';
import { Shared } from '../report/shared.tsx';
import { Failed, Loading } from '../shell/states.tsx';
import { useTitle } from '../shell/use-title.ts';
import { Heads, left } from '../shell/heads.tsx';
import { LatencyAgainstLoad } from './latency-against-load.tsx';

/** A search, hosts started and stopped, s: only to tell how long it will take. */
const SECONDS_A_RUN = 190;
const RUNS_A_STAGE = 3;

/** Stages, or stored runs, side by side: the staircase, the table, whether the difference is real. */
export function ComparePage(): ReactNode {
  useTitle('Compare');
  const [query] = useSearchParams();
  const runs = query.get('runs');
  return runs === null ? (
    <CompareStages asked={query.get('stages')} profile={query.get('profile') ?? 'mixed'} />
  ) : (
    <Compared query={{ runs }} />
  );
}

function CompareStages({ asked, profile }: { readonly asked: string | null; readonly profile: string }): ReactNode {
  const { reading } = useReading('GET /api/stages', []);
  const all = 'answer' in reading ? reading.answer.map(({ topology }) => topology.stage) : [];
  const chosen = useMemo(() => (asked === null ? all : asked.split(',').map(Number)), [asked, all]);
  if (reading.state === 'failed') return <Failed failure={reading.failure} />;
  if (!('answer' in reading)) return <Loading what="stages" />;
  return <Compared query={{ stages: chosen.join(','), profile }} />;
}

function Compared({ query }: { readonly query: Given<'GET /api/compare'>['query'] }): ReactNode {
  const { reading } = useReading('GET /api/compare', [{ query }]);
  if (reading.state === 'loading') return <Loading what="runs" />;
  if (reading.state === 'failed') return <Failed failure={reading.failure} />;
  const { answer } = reading;
  switch (answer.kind) {
    case 'missing':
      return <Missing answer={answer} />;
    case 'incomparable':
      return (
        <>
          <h1>These runs cannot be compared.</h1>
          <p>They differ in:</p>
          <ul>
            {answer.differences.map((one) => (
              <li key={one}>{one}</li>
            ))}
          </ul>
          <p>
            Compare runs of one profile, SLO and machine: <Link href="/runs">Runs</Link>
          </p>
        </>
      );
    case 'compared':
      return <Comparison answer={answer} />;
  }
}

function Missing({ answer }: { readonly answer: Extract<CompareAnswer, { kind: 'missing' }> }): ReactNode {
  const minutes = Math.round((answer.stages.length * RUNS_A_STAGE * SECONDS_A_RUN) / 60);
  return (
    <>
      <h1>Not measured yet</h1>
      <p>
        {answer.stages.length === 1 ? 'Stage' : 'Stages'} {answer.stages.join(', ')} {answer.stages.length === 1 ? 'has' : 'have'} no usable
        run of profile {answer.profile}.
      </p>
      <p>
        Measure {answer.stages.length === 1 ? 'it' : 'them'}, about {minutes} min:{' '}
        <code>
          ./lab compare {answer.stages.join(' ')}
          {answer.profile === 'mixed' ? '' : ` --profile ${answer.profile}`}
        </code>
      </p>
    </>
  );
}

function Comparison({ answer: { record, changes } }: { readonly answer: Extract<CompareAnswer, { kind: 'compared' }> }): ReactNode {
  const { arms, againstPrevious } = record;
  return (
    <>
      <h1>Compared</h1>
      <p className="run-header">
        profile {record.profile} · {sloText(record.slo)}
      </p>
      <figure className="staircase">
        <Shared part={staircase(record)} scrolls />
        <figcaption>
          {arms.map((arm) => `${arm.label} ${arm.estimate === null ? 'not measured' : `${rate(arm.estimate.load)}/s`}`).join(' · ')}
        </figcaption>
      </figure>
      <div className="scroll" tabIndex={0}>
        <table>
          <Heads
            columns={[
              'arm',
              'capacity',
              'runs',
              left('limited by'),
              'next at',
              'p95 at 70 %',
              'per lab CPU',
              `${record.prices.currency} a month per 100/s`,
            ]}
          />
          <tbody>
            {arms.map((arm) => (
              <ArmRow key={arm.label} arm={arm} />
            ))}
          </tbody>
        </table>
      </div>
      <LatencyAgainstLoad record={record} />
      <h2>Is the difference real?</h2>
      <ul>
        {againstPrevious.map((one, index) => (
          <li key={index}>
            {arms[index]?.label} → {arms[index + 1]?.label}: {comparisonText(one)}
            {transitionNotes(one, record.slo).map((note) => (
              <div key={note} className="muted">
                {note}
              </div>
            ))}
          </li>
        ))}
      </ul>
      {record.sameTwice === null || record.sameTwice.splits === 0 ? null : (
        <p>
          The same twice: {record.sameTwice.wrong} of {record.sameTwice.splits} ways to split these runs would have said they differ.
        </p>
      )}
      <h2>What is different</h2>
      {changes.map((lines) => (
        <pre key={lines[0]} tabIndex={0}>
          {lines.join('\n')}
        </pre>
      ))}
      <p className="muted">
        The replicate is the run, never the request. Intervals are 95 %, from the spread of the runs, unless another level stands beside
        them; a ratio counts from 5 %. Prices as of {record.prices.date}.
      </p>
    </>
  );
}

function ArmRow({ arm }: { readonly arm: PricedArm }): ReactNode {
  const { estimate } = arm;
  return (
    <tr>
      <th scope="row">{arm.label}</th>
      <td>
        {estimate === null
          ? '–'
          : estimate.interval === null
            ? `${rate(estimate.load)}/s`
            : rateWithInterval(estimate.load, estimate.interval)}
      </td>
      <td>
        {arm.runs.map(({ run }) => (
          <Link key={run} href={`/runs/${run}`} className="in-list">
            {run}
          </Link>
        ))}
        {arm.left.map(({ run, reason }) => (
          <Link key={run} href={`/runs/${run}`} className="in-list muted" title={reason}>
            ({run}: {reason})
          </Link>
        ))}
      </td>
      <td className="left wrap">{arm.limitedBy}</td>
      <td>{arm.nextAt === null ? '–' : `${rate(arm.nextAt)}/s`}</td>
      <td>{arm.p95At70 === null ? '–' : `${milliseconds(arm.p95At70.ms)} ms (n ${arm.p95At70.requests.toLocaleString('en')})`}</td>
      <td>{estimate === null ? '–' : rate(estimate.load / arm.labCpus)}</td>
      <td>{estimate === null ? '–' : ((arm.pricePerMonth / estimate.load) * 100).toFixed(2)}</td>
    </tr>
  );
}
