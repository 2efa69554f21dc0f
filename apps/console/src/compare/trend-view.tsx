import type { ReactNode } from 'react';
import { rate, rateWithInterval, utcMinute } from '@loadstair/analysis';
import type { MeasuredAnswer, TrendAnswer } from '@loadstair/lab-api';
import { trendChart } from '@loadstair/report-view';
import { Link, useSearchParams } from 'wouter';
import { HiddenResults } from '../guided/hidden-results.tsx';
import { useHides } from '../guided/use-stage-lab.ts';
import { useReading } from '../lab/use-reading.ts';
import { Shared } from '../report/shared.tsx';
import { Choice } from '../shell/choice.tsx';
import { Heads, left } from '../shell/heads.tsx';
import { Failed, Loading } from '../shell/states.tsx';
import { useNarrow } from '../shell/use-narrow.ts';
import { builtStages, profilesOf, stagesUnder } from './what-to-compare.ts';

/** Width of a chart on a phone, px. */
const NARROW = 358;

/** Capacity of one stage over its runs, and where it changed. */
export function TrendView(): ReactNode {
  const { reading } = useReading('GET /api/measured', []);
  if (reading.state === 'loading') return <Loading what="stages" />;
  if (reading.state === 'failed') return <Failed failure={reading.failure} />;
  return <ChosenTrend measured={reading.answer} />;
}

function ChosenTrend({ measured }: { readonly measured: MeasuredAnswer }): ReactNode {
  const [query, setQuery] = useSearchParams();
  const profile = query.get('profile') ?? measured.profiles[0]?.profile ?? measured.common;
  const stages = builtStages(measured);
  const stage = Number(query.get('stage') ?? stagesUnder(measured, profile)[0] ?? stages[0]?.stage);
  const { reading } = useReading('GET /api/trend', [{ query: { stage, profile } }]);
  const hides = useHides();
  const put = (name: string, value: string): void => {
    const next = new URLSearchParams(query);
    next.set(name, value);
    setQuery(next, { replace: true });
  };
  return (
    <>
      <h1>Capacity over time</h1>
      <div className="choices">
        <Choice
          label="Stage"
          value={String(stage)}
          any={null}
          options={stages.map((one) => String(one.stage))}
          words={(number) => `${number} ${stages.find((one) => String(one.stage) === number)?.slug ?? ''}`}
          onChoose={(value) => put('stage', value)}
        />
        <Choice
          label="Profile"
          value={profile}
          any={null}
          options={profilesOf(measured, profile)}
          onChoose={(value) => put('profile', value)}
        />
      </div>
      {reading.state === 'loading' ? <Loading what="runs" /> : null}
      {reading.state === 'failed' ? <Failed failure={reading.failure} /> : null}
      {hides?.(stage) === true ? <HiddenResults stages={[stage]} /> : null}
      {'answer' in reading && hides?.(stage) === false ? <Trend trend={reading.answer} /> : null}
    </>
  );
}

function Trend({ trend }: { readonly trend: TrendAnswer }): ReactNode {
  const narrow = useNarrow();
  const { points, changes, left: leftOut, needs, stage, profile } = trend;
  if (points.length === 0)
    return (
      <p>
        No full run of stage {stage} under {profile} on this machine has found a capacity yet.
      </p>
    );
  return (
    <>
      <figure className="overlay">
        <Shared part={trendChart(trend, (run) => `/runs/${run}`, narrow ? NARROW : undefined)} />
        <figcaption>
          Each dot is a run with its own 95 % interval, at the usual speed of the machine in these runs.
          {points.some(({ topologyChanged }) => topologyChanged) ? ' Dotted lines: the topology of the stage changed.' : ''}
        </figcaption>
      </figure>
      <h2>Did it change?</h2>
      {points.length < needs ? (
        <p>
          {points.length} {points.length === 1 ? 'run is' : 'runs are'} too few. With {needs} or more, a change can be distinguished from
          chance.
        </p>
      ) : changes.length === 0 ? (
        <p>No change was found in {points.length} runs.</p>
      ) : (
        <ul>
          {changes.map(({ at, p, ratio, interval }, index) => (
            <li key={at}>
              From run <Link href={`/runs/${points[at]?.run ?? ''}`}>{points[at]?.run}</Link> on: ×{ratio.toFixed(2)}
              {interval === null ? '' : ` (${interval[0].toFixed(2)}–${interval[1].toFixed(2)})`}, from {rate(trend.levels[index] ?? 0)}/s
              to {rate(trend.levels[index + 1] ?? 0)}/s (p-value {p.toFixed(3)})
            </li>
          ))}
        </ul>
      )}
      <p className="muted">
        Changes are found by E-divisive (Matteson and James 2014), as MongoDB finds them in its benchmarks (Daly et al. 2020): a change
        counts when at most 5 % of 199 random orders of the same runs show one as large. It assumes nothing about how runs scatter. The
        interval of a ratio is computed after the change was found, so it is a little too narrow.
      </p>
      {leftOut.length === 0 ? null : (
        <>
          <h2>Left out</h2>
          <ul>
            {leftOut.map((one) => (
              <li key={one}>{one}</li>
            ))}
          </ul>
        </>
      )}
      <details>
        <summary>View as table</summary>
        <div className="scroll" tabIndex={0}>
          <table>
            <Heads columns={['run', left('name'), left('when'), 'capacity', left('limited by')]} />
            <tbody>
              {points.map((point) => (
                <tr key={point.run}>
                  <td>
                    <Link href={`/runs/${point.run}`}>{point.run}</Link>
                  </td>
                  <td className="left wrap">{point.name}</td>
                  <td className="left">{utcMinute(point.at)}</td>
                  <td>{rateWithInterval(point.load, point.interval)}</td>
                  <td className="left">{point.limitedBy ?? 'nothing named'}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </>
  );
}
