import { useState, type ReactNode } from 'react';
import { utcMinute } from '@loadstair/analysis';
import type { ListedRunAnswer, RunListAnswer } from '@loadstair/lab-api';
import { Link, useLocation, useSearchParams } from 'wouter';
import { useReading } from '../lab/use-reading.ts';
import { Failed, Loading } from '../shell/states.tsx';
import { useTitle } from '../shell/use-title.ts';
import { NoRuns } from './no-runs.tsx';
import { resultMark } from './result-mark.ts';
import { Heads, left } from '../shell/heads.tsx';

const EVERY_MS = 10_000;

/** Stored runs, newest first; two or more that are ticked can be compared. */
export function RunsPage(): ReactNode {
  useTitle('Runs');
  const [query, setQuery] = useSearchParams();
  const [, go] = useLocation();
  const [ticked, setTicked] = useState<readonly string[]>([]);
  const search = query.get('q') ?? '';
  const page = Number(query.get('page') ?? 1);
  const { reading } = useReading('GET /api/runs', [{ query: { search, page } }], EVERY_MS);
  const ask = (q: string, nextPage: number): void =>
    setQuery({ ...(q === '' ? {} : { q }), ...(nextPage === 1 ? {} : { page: String(nextPage) }) }, { replace: true });
  const tick = (id: string): void => setTicked(ticked.includes(id) ? ticked.filter((one) => one !== id) : [...ticked, id]);
  return (
    <>
      <div className="headline">
        <h1>Runs</h1>
        <label className="search">
          Search{' '}
          <input type="search" value={search} placeholder="stage, profile, limit, id" onChange={(event) => ask(event.target.value, 1)} />
        </label>
        <button type="button" className="primary" disabled={ticked.length < 2} onClick={() => go(`/compare?runs=${ticked.join(',')}`)}>
          {ticked.length < 2 ? 'Compare: tick two or more' : `Compare ${ticked.length} runs`}
        </button>
      </div>
      {reading.state === 'loading' ? <Loading what="runs" /> : null}
      {reading.state === 'failed' ? <Failed failure={reading.failure} /> : null}
      {'answer' in reading ? (
        <RunTable list={reading.answer} search={search} ticked={ticked} onTick={tick} onPage={(next) => ask(search, next)} />
      ) : null}
    </>
  );
}

function RunTable({
  list,
  search,
  ticked,
  onTick,
  onPage,
}: {
  readonly list: RunListAnswer;
  readonly search: string;
  readonly ticked: readonly string[];
  readonly onTick: (id: string) => void;
  readonly onPage: (page: number) => void;
}): ReactNode {
  if (list.total === 0) return search === '' ? <NoRuns /> : <p>No run has all of these words.</p>;
  return (
    <>
      <div className="scroll" tabIndex={0}>
        <table className="runs">
          <Heads
            columns={[
              left(<span className="unseen">compare</span>, ''),
              left('run'),
              left('when', 'left when'),
              left('stage'),
              left('load'),
              left('result'),
            ]}
          />
          <tbody>
            {list.runs.map((run) => (
              <RunRow key={run.id} run={run} ticked={ticked.includes(run.id)} onTick={() => onTick(run.id)} />
            ))}
          </tbody>
        </table>
      </div>
      {list.pages < 2 ? null : (
        <p className="pages">
          <button type="button" disabled={list.page === 1} onClick={() => onPage(list.page - 1)}>
            Newer
          </button>
          page {list.page} of {list.pages} · {list.total} runs
          <button type="button" disabled={list.page === list.pages} onClick={() => onPage(list.page + 1)}>
            Older
          </button>
        </p>
      )}
    </>
  );
}

function RunRow({
  run,
  ticked,
  onTick,
}: {
  readonly run: ListedRunAnswer;
  readonly ticked: boolean;
  readonly onTick: () => void;
}): ReactNode {
  if (run.kind === 'damaged')
    return (
      <tr>
        <td />
        <td className="left">
          <Link href={`/runs/${run.id}`}>{run.id}</Link>
        </td>
        <td className="left muted result" colSpan={4}>
          not whole: {run.reason}
        </td>
      </tr>
    );
  if (run.kind === 'going')
    return (
      <tr>
        <td />
        <td className="left">
          <Link href={`/runs/${run.id}`}>{run.id}</Link>
        </td>
        <td className="left when">now</td>
        <td className="left">
          {run.stage} {run.slug}
        </td>
        <td className="left">{run.profile}</td>
        <td className="left result">
          <strong>Running</strong>
        </td>
      </tr>
    );
  return (
    <tr>
      <td>
        {run.experiment === null ? <input type="checkbox" checked={ticked} onChange={onTick} aria-label={`Compare run ${run.id}`} /> : null}
      </td>
      <td className="left">
        <Link href={`/runs/${run.id}`}>{run.id}</Link>
      </td>
      <td className="left when">{utcMinute(run.startedAt)}</td>
      <td className="left">
        {run.stage} {run.slug}
        {run.set.map((one) => ` · ${one}`)}
      </td>
      <td className="left">
        {run.experiment ?? run.profile}
        {run.quick ? ' · quick' : ''}
        {run.imported ? ' · imported' : ''}
      </td>
      <td className="left wrap result">
        <span className={run.result === 'named' ? 'limit' : ''}>{resultMark(run.result)}</span> {run.words}
      </td>
    </tr>
  );
}
