import type { ReactNode } from 'react';
import { percent, rate, type Evidence, type StepData } from '@loadstair/analysis';
import { evidenceCharts, evidenceRows } from '@loadstair/report-view';
import type { RunAnswer } from '@loadstair/lab-api';
import { Link } from 'wouter';
import { rangeText } from '../dashboards/range.ts';
import { useReading } from '../lab/use-reading.ts';
import { RunTabs } from '../run-tabs.tsx';
import { Failed, Loading, NotFound } from '../shell/states.tsx';
import { useNarrow } from '../shell/use-narrow.ts';
import { useTitle } from '../shell/use-title.ts';
import { Shared } from './shared.tsx';

type EndedRun = Extract<RunAnswer, { state: 'ended' }>;

/** Width of a chart on a phone, px. */
const NARROW = 350;

/** What one line of a run's evidence stands on. */
export function EvidencePage({ id, number }: { readonly id: string; readonly number: number }): ReactNode {
  useTitle(`Evidence ${number} · run ${id}`);
  const { reading } = useReading('GET /api/runs/{run}', [{ path: { run: id } }]);
  return (
    <>
      <RunTabs id={id} />
      {reading.state === 'loading' ? <Loading what={`run ${id}`} /> : null}
      {reading.state === 'failed' ? <Failed failure={reading.failure} /> : null}
      {'answer' in reading ? (
        reading.answer.state === 'ended' ? (
          <Line run={reading.answer} number={number} />
        ) : (
          <h1>Run {id} has no evidence: it has not come to a verdict.</h1>
        )
      ) : null}
    </>
  );
}

function Line({ run: { manifest, runData, verdict }, number }: { readonly run: EndedRun; readonly number: number }): ReactNode {
  const narrow = useNarrow();
  const rows = evidenceRows(verdict, runData);
  const row = rows[number - 1];
  if (row === undefined) return <NotFound />;
  const { side, text, fact, resources } = row;
  const at = `/runs/${manifest.run}`;
  const startMs = runData.steps[0]?.startMs ?? 0;
  const step = fact?.step == null ? undefined : runData.steps.find(({ index }) => index === fact.step);
  return (
    <article>
      <p className="run-header">
        Evidence {number} of {rows.length}, {side} · <Link href={`${at}#evidence`}>all evidence</Link>
        {number > 1 ? (
          <>
            {' · '}
            <Link href={`${at}/evidence/${number - 1}`}>previous</Link>
          </>
        ) : null}
        {number < rows.length ? (
          <>
            {' · '}
            <Link href={`${at}/evidence/${number + 1}`}>next</Link>
          </>
        ) : null}
      </p>
      <h1>{text}</h1>
      <dl className="rows">
        {fact === null ? null : <Figures fact={fact} />}
        {step === undefined ? null : (
          <>
            <dt>window</dt>
            <dd>
              step {step.index}, {rate(step.offered)}/s offered,{' '}
              <Link href={`${at}/dashboards/hosts?t=${windowOf(step, startMs)}`}>{windowOf(step, startMs)} on the hosts’ dashboard</Link>
            </dd>
          </>
        )}
        {fact?.query == null ? null : (
          <>
            <dt>query</dt>
            <dd>
              <code>{fact.query}</code>
            </dd>
          </>
        )}
      </dl>
      <div className="evidence-charts">
        {evidenceCharts(runData, resources, step?.index ?? null, narrow ? NARROW : undefined).map((chart) => (
          <Shared key={chart.text} part={chart} />
        ))}
      </div>
    </article>
  );
}

function windowOf({ startMs, endMs }: StepData, runStartMs: number): string {
  return rangeText({ fromMs: startMs, toMs: endMs }, runStartMs);
}

/** Value, limit and baseline, as far as the fact has them. */
function Figures({ fact }: { readonly fact: Evidence }): ReactNode {
  const figures = [
    ['value', fact.value],
    ['limit', fact.limit],
    ['baseline', fact.baseline],
  ] as const;
  return figures.map(([name, value]) =>
    value === null ? null : (
      <div className="entry" key={name}>
        <dt>{name}</dt>
        <dd>{figureWords(value, fact.unit)}</dd>
      </div>
    ),
  );
}

function figureWords(value: number, unit: string): string {
  switch (unit) {
    case 'share of limit':
      return `${percent(value)} of its limit`;
    case 'share of periods':
      return `${percent(value)} of the periods`;
    case 'share of limit per arrival/s':
      return `${(100 * value).toFixed(2)} % of its limit per arrival/s`;
    case '×':
      return `×${value.toFixed(1)}`;
    default:
      return `${rate(value)} ${unit}`;
  }
}
