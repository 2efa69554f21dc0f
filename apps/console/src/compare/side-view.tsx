import type { ReactNode } from 'react';
import type { ListedRunAnswer } from '@loadstair/lab-api';
import { useSearchParams } from 'wouter';
import { useReading } from '../lab/use-reading.ts';
import { NoRuns } from '../runs/no-runs.tsx';
import { Choice } from '../shell/choice.tsx';
import { Failed, Loading } from '../shell/states.tsx';
import { SideBySide } from './side-by-side.tsx';
import { suggestedPair } from './suggested-pair.ts';

type EndedRun = Extract<ListedRunAnswer, { kind: 'run' }>;

/** Two stored runs beside each other, second by second; which ones stands in the address. */
export function SideView(): ReactNode {
  const { reading } = useReading('GET /api/runs', [{ query: {} }]);
  if (reading.state === 'loading') return <Loading what="runs" />;
  if (reading.state === 'failed') return <Failed failure={reading.failure} />;
  return <Chosen listed={reading.answer.runs.filter((run) => run.kind === 'run')} />;
}

function Chosen({ listed }: { readonly listed: readonly EndedRun[] }): ReactNode {
  const [query, setQuery] = useSearchParams();
  const suggested = suggestedPair(listed);
  const first = query.get('first') ?? suggested?.first;
  const second = query.get('second') ?? suggested?.second;
  if (first === undefined || second === undefined) return listed.length === 0 ? <NoRuns /> : <p>Two runs are needed, and there is one.</p>;
  const ids = [...new Set([...listed.map(({ id }) => id), first, second])];
  const words = (id: string): string => {
    const run = listed.find((one) => one.id === id);
    if (run === undefined) return id;
    return [id, `${run.stage} ${run.slug}`, run.experiment ?? run.profile, ...run.set, ...(run.quick ? ['quick'] : [])].join(' · ');
  };
  const choose = (name: string, id: string): void => {
    const next = new URLSearchParams(query);
    next.set(name, id);
    next.delete('t');
    setQuery(next, { replace: true });
  };
  return (
    <>
      <h1>Two runs side by side</h1>
      <div className="choices">
        <Choice label="First" value={first} any={null} options={ids} words={words} onChoose={(id) => choose('first', id)} />
        <Choice label="Second" value={second} any={null} options={ids} words={words} onChoose={(id) => choose('second', id)} />
      </div>
      <SideBySide key={`${first} ${second}`} first={first} second={second} />
    </>
  );
}
