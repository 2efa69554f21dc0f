import type { ReactNode } from 'react';
import { milliseconds, rate, rateWithInterval, sloText } from '@loadstair/analysis';
import type { CompareAnswer } from '@loadstair/lab-api';
import { comparisonText, staircase, transitionNotes } from '@loadstair/report-view';
import type { PricedArm } from '@loadstair/runs';
import { Link } from 'wouter';
import { Shared } from '../report/shared.tsx';
import { Heads, left } from '../shell/heads.tsx';
import { LatencyAgainstLoad } from './latency-against-load.tsx';
import { OverTime } from './over-time.tsx';
import { RunsChoice } from './runs-choice.tsx';

/** Stored runs side by side: the staircase, the table, whether the difference is real. */
export function Comparison({ answer: { record, changes } }: { readonly answer: Extract<CompareAnswer, { kind: 'compared' }> }): ReactNode {
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
              'variant',
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
      <OverTime record={record} />
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
          False alarms: {record.sameTwice.wrong} of {record.sameTwice.splits} ways to split the runs of one variant would have been called a
          difference.
        </p>
      )}
      {changes.length === 0 ? null : <h2>What is different</h2>}
      {changes.map((lines) => (
        <pre key={lines[0]} tabIndex={0}>
          {lines.join('\n')}
        </pre>
      ))}
      <RunsChoice record={record} />
      <p className="muted">
        Each run counts once, however many requests it has. Intervals are 95 % intervals from the spread of the runs, unless another level
        is given. “Better” and “worse” need a difference of at least 5 %. Prices as of {record.prices.date}.
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
