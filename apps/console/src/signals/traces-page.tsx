import type { ReactNode } from 'react';
import { milliseconds } from '@loadstair/analysis';
import type { TracesAnswer } from '@loadstair/lab-api';
import { Link, useSearchParams } from 'wouter';
import { useReading } from '../lab/use-reading.ts';
import { RunTabs } from '../run-tabs.tsx';
import { Failed, Loading } from '../shell/states.tsx';
import { useTitle } from '../shell/use-title.ts';
import { Choice } from '../shell/choice.tsx';
import { Heads, left } from '../shell/heads.tsx';
import { SlowShared } from './slow-share.tsx';

const SLOWER_THAN = ['0', '50', '250', '1000'] as const;
const STATUS = ['2', '3', '4', '5'] as const;

/** Traced requests of a run, the slowest first, by route, host, status and time. */
export function TracesPage({ id }: { readonly id: string }): ReactNode {
  useTitle(`Traces · run ${id}`);
  const [query, setQuery] = useSearchParams();
  const asked = {
    route: query.get('route') ?? '',
    host: query.get('host') ?? '',
    status: query.get('status') ?? '',
    minMs: query.get('min') ?? '0',
  };
  const { reading } = useReading('GET /api/runs/{run}/traces', [{ path: { run: id }, query: asked }]);
  const choose = (name: string, value: string): void => {
    const next = new URLSearchParams(query);
    if (value === '' || value === '0') next.delete(name);
    else next.set(name, value);
    setQuery(next, { replace: true });
  };
  return (
    <>
      <RunTabs id={id} />
      <h1>Traced requests of run {id}</h1>
      {'answer' in reading ? (
        <div className="choices">
          <Choice
            label="Route"
            value={asked.route}
            any="every route"
            options={reading.answer.routes}
            onChoose={(value) => choose('route', value)}
          />
          <Choice
            label="Host"
            value={asked.host}
            any="every host"
            options={reading.answer.hosts}
            onChoose={(value) => choose('host', value)}
          />
          <Choice
            label="Status"
            value={asked.status}
            any="every status"
            options={STATUS}
            words={(one) => `${one}xx`}
            onChoose={(value) => choose('status', value)}
          />
          <Choice
            label="Took at least"
            value={asked.minMs}
            any={null}
            options={SLOWER_THAN}
            words={(one) => `${one} ms`}
            onChoose={(value) => choose('min', value)}
          />
        </div>
      ) : null}
      {reading.state === 'loading' ? <Loading what="traces" /> : null}
      {reading.state === 'failed' ? <Failed failure={reading.failure} /> : null}
      {'answer' in reading ? (
        <>
          <SlowShared slow={reading.answer.slow} />
          <h2>Requests</h2>
          <Requests id={id} answer={reading.answer} />
        </>
      ) : null}
    </>
  );
}

function Requests({ id, answer }: { readonly id: string; readonly answer: TracesAnswer }): ReactNode {
  const { requests, total } = answer;
  if (total === 0) return <p>No traced request matches. Only about one arrival in a hundred is traced.</p>;
  return (
    <>
      <p className="muted">
        {total > requests.length
          ? `The ${requests.length} slowest of ${total.toLocaleString('en')}.`
          : `${total.toLocaleString('en')} requests.`}
      </p>
      <div className="scroll" tabIndex={0}>
        <table>
          <Heads columns={['request', left('host'), 'status', 'ms', 'spans']} />
          <tbody>
            {requests.map((one) => (
              <tr key={one.span}>
                <td>
                  <Link href={`/runs/${id}/traces/${one.trace}?span=${one.span}`}>{one.name}</Link>
                </td>
                <td className="left">{one.host}</td>
                <td>{one.status ?? '–'}</td>
                <td>{milliseconds(one.durationMs)}</td>
                <td>{one.spans}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
