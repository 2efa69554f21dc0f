import type { ReactNode } from 'react';
import { overlaidRuns } from '@loadstair/report-view';
import type { ComparisonRecord } from '@loadstair/runs';
import { Link, useSearchParams } from 'wouter';
import { useReading } from '../lab/use-reading.ts';
import { Shared } from '../report/shared.tsx';
import { Choice } from '../shell/choice.tsx';
import { Failed, Loading } from '../shell/states.tsx';
import { useNarrow } from '../shell/use-narrow.ts';

/** Width of a chart on a phone, px. */
const NARROW = 350;

/** Two runs of a comparison over each other, second by second; which ones stands in the address. */
export function OverTime({ record: { arms, slo } }: { readonly record: ComparisonRecord }): ReactNode {
  const [query, setQuery] = useSearchParams();
  const labels = new Map(
    arms.flatMap(({ label, runs }) => runs.map(({ run }): [string, string] => [run, label.includes(run) ? label : `${label} ${run}`])),
  );
  const runs = [...labels.keys()];
  const known = (name: string): string | undefined => runs.find((run) => run === query.get(name));
  const first = known('first') ?? runs[0];
  const second = known('second') ?? runs.findLast((run) => run !== first);
  if (first === undefined || second === undefined) return null;
  const choose = (name: string, value: string): void => {
    const next = new URLSearchParams(query);
    next.set(name, value);
    setQuery(next, { replace: true });
  };
  const words = (run: string): string => labels.get(run) ?? run;
  return (
    <section id="over-time">
      <h2>Two runs over time</h2>
      <div className="choices">
        <Choice label="First" value={first} any={null} options={runs} words={words} onChoose={(run) => choose('first', run)} />
        <Choice label="Second" value={second} any={null} options={runs} words={words} onChoose={(run) => choose('second', run)} />
      </div>
      <p>
        <Link href={`/compare?view=side&first=${first}&second=${second}`}>The same two side by side, second by second</Link>
      </p>
      <Overlay first={{ run: first, label: words(first) }} second={{ run: second, label: words(second) }} latencyMs={slo.latencyMs} />
    </section>
  );
}

interface Chosen {
  readonly run: string;
  readonly label: string;
}

function Overlay({ first, second, latencyMs }: { readonly first: Chosen; readonly second: Chosen; readonly latencyMs: number }): ReactNode {
  const narrow = useNarrow();
  const { reading: a } = useReading('GET /api/runs/{run}/over-time', [{ path: { run: first.run } }]);
  const { reading: b } = useReading('GET /api/runs/{run}/over-time', [{ path: { run: second.run } }]);
  if (a.state === 'failed') return <Failed failure={a.failure} />;
  if (b.state === 'failed') return <Failed failure={b.failure} />;
  if (!('answer' in a) || !('answer' in b)) return <Loading what="both runs" />;
  const silent = [first, second].filter((_, index) => [a, b][index]?.answer.points.length === 0);
  if (silent.length > 0) return <p>There is no second-by-second data for run {silent.map(({ run }) => run).join(' and ')}.</p>;
  const drawn = [
    { label: first.label, ...a.answer },
    { label: second.label, ...b.answer },
  ] as const;
  return (
    <figure className="overlay">
      <Shared part={overlaidRuns(drawn, { latencyMs }, narrow ? NARROW : undefined)} />
      <figcaption>
        Time 0 is the moment when load began, in both runs. A capacity search climbs first, then moves up and down near the capacity.
      </figcaption>
    </figure>
  );
}
