import type { ReactNode } from 'react';
import type { LogsAnswer } from '@loadstair/lab-api';
import { Link, useSearchParams } from 'wouter';
import { useReading } from '../lab/use-reading.ts';
import { RunTabs } from '../run-tabs.tsx';
import { Failed, Loading } from '../shell/states.tsx';
import { useTitle } from '../shell/use-title.ts';
import { Choice } from '../shell/choice.tsx';
import { LogTable } from './log-table.tsx';

/** Warnings and errors of all hosts of a run, searched by words. */
export function LogsPage({ id }: { readonly id: string }): ReactNode {
  useTitle(`Logs · run ${id}`);
  const [query, setQuery] = useSearchParams();
  const asked = { q: query.get('q') ?? '', host: query.get('host') ?? '', trace: query.get('trace') ?? '' };
  const { reading } = useReading('GET /api/runs/{run}/logs', [{ path: { run: id }, query: asked }]);
  const ask = (next: Partial<typeof asked>): void =>
    setQuery(Object.fromEntries(Object.entries({ ...asked, ...next }).filter(([, value]) => value !== '')), { replace: true });
  return (
    <>
      <RunTabs id={id} />
      <h1>Warnings and errors of run {id}</h1>
      <div className="choices">
        <label>
          Search <input type="search" value={asked.q} onChange={(event) => ask({ q: event.target.value })} />
        </label>
        <Choice
          label="Host"
          value={asked.host}
          any="every host"
          options={'answer' in reading ? reading.answer.hosts : []}
          onChoose={(host) => ask({ host })}
        />
      </div>
      {asked.trace === '' ? null : <OneRequest id={id} trace={asked.trace} onAll={() => ask({ trace: '' })} />}
      {reading.state === 'loading' ? <Loading what="logs" /> : null}
      {reading.state === 'failed' ? <Failed failure={reading.failure} /> : null}
      {'answer' in reading ? (
        <Lines id={id} answer={reading.answer} searched={asked.q !== '' || asked.host !== '' || asked.trace !== ''} />
      ) : null}
    </>
  );
}

/** Lines of one arrival's requests are shown, on whichever hosts they were written. */
function OneRequest({ id, trace, onAll }: { readonly id: string; readonly trace: string; readonly onAll: () => void }): ReactNode {
  return (
    <p>
      Lines of trace <code>{trace}</code>, from every host that logged one.{' '}
      <Link href={`/runs/${id}/traces/${trace}`}>Its spans, if it was traced</Link> · <button onClick={onAll}>Show all lines</button>
    </p>
  );
}

function Lines({ id, answer, searched }: { readonly id: string; readonly answer: LogsAnswer; readonly searched: boolean }): ReactNode {
  const { lines, total } = answer;
  if (total === 0) return <p>{searched ? 'No line matches.' : 'No host wrote a warning or an error in this run.'}</p>;
  return (
    <>
      <p className="muted">
        {total > lines.length
          ? `The first ${lines.length} of ${total.toLocaleString('en')} lines.`
          : `${total.toLocaleString('en')} lines.`}
      </p>
      <LogTable id={id} lines={lines} />
    </>
  );
}
