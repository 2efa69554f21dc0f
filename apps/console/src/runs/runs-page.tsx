import { useState, type ReactNode } from 'react';
import type { RunListAnswer } from '@loadstair/lab-api';
import { useLocation, useSearchParams } from 'wouter';
import { useChange } from '../lab/change.tsx';
import { useHides } from '../guided/use-stage-lab.ts';
import { useReading } from '../lab/use-reading.ts';
import { ActionButton } from '../shell/action-button.tsx';
import { Heads, left } from '../shell/heads.tsx';
import { Failed, Loading } from '../shell/states.tsx';
import { useTitle } from '../shell/use-title.ts';
import { asksForAny, filtersIn } from './filters.ts';
import { NoRuns } from './no-runs.tsx';
import { RunFilters } from './run-filters.tsx';
import { RunRow } from './run-row.tsx';

const EVERY_MS = 10_000;

/** Stored runs, newest first, as far as the filters ask for them; those that are ticked can be compared or deleted. */
export function RunsPage(): ReactNode {
  useTitle('Runs');
  const [query, setQuery] = useSearchParams();
  const [, go] = useLocation();
  const change = useChange();
  const hides = useHides();
  const [ticked, setTicked] = useState<readonly string[]>([]);
  const filters = filtersIn(query);
  const page = Number(query.get('page') ?? 1);
  const { reading, again } = useReading('GET /api/runs', [{ query: { ...filters, page } }], EVERY_MS);
  const put = (name: string, value: string): void => {
    const next = new URLSearchParams(query);
    if (name !== 'page') next.delete('page');
    if (value === '') next.delete(name);
    else next.set(name, value);
    setQuery(next, { replace: true });
  };
  const tick = (id: string): void => setTicked(ticked.includes(id) ? ticked.filter((one) => one !== id) : [...ticked, id]);
  const listed = 'answer' in reading ? reading.answer.runs : [];
  const comparable = ticked.filter((id) => !listed.some((run) => run.id === id && (run.kind !== 'run' || run.experiment !== null)));
  const remove = async (): Promise<void> => {
    try {
      for (const run of ticked) {
        await change('DELETE /api/runs/{run}', { path: { run } });
        setTicked((before) => before.filter((one) => one !== run));
      }
    } finally {
      again();
    }
  };
  return (
    <>
      <div className="headline">
        <h1>Runs</h1>
        <div className="choices">
          {ticked.length === 0 ? null : (
            <ActionButton danger ask={`Delete ${runsWords(ticked.length)}? This cannot be undone.`} onPress={remove}>
              Delete {runsWords(ticked.length)}…
            </ActionButton>
          )}
          <button
            type="button"
            className="primary"
            disabled={ticked.length < 2 || comparable.length < ticked.length}
            onClick={() => go(`/compare?runs=${ticked.join(',')}`)}
          >
            {ticked.length < 2
              ? 'Compare: tick two or more'
              : comparable.length < ticked.length
                ? 'Compare: untick experiments'
                : `Compare ${runsWords(ticked.length)}`}
          </button>
        </div>
      </div>
      <RunFilters filters={filters} onChange={put} />
      {reading.state === 'loading' || hides === null ? <Loading what="runs" /> : null}
      {reading.state === 'failed' ? <Failed failure={reading.failure} /> : null}
      {'answer' in reading && hides !== null ? (
        <RunTable
          list={reading.answer}
          hides={hides}
          filtered={asksForAny(filters)}
          ticked={ticked}
          onTick={tick}
          onPage={(next) => put('page', next === 1 ? '' : String(next))}
          onChanged={again}
        />
      ) : null}
    </>
  );
}

function runsWords(count: number): string {
  return `${count} ${count === 1 ? 'run' : 'runs'}`;
}

function RunTable({
  list,
  hides,
  filtered,
  ticked,
  onTick,
  onPage,
  onChanged,
}: {
  readonly list: RunListAnswer;
  readonly hides: (stage: number) => boolean;
  readonly filtered: boolean;
  readonly ticked: readonly string[];
  readonly onTick: (id: string) => void;
  readonly onPage: (page: number) => void;
  readonly onChanged: () => void;
}): ReactNode {
  if (list.total === 0) return filtered ? <p>No run matches these filters.</p> : <NoRuns />;
  return (
    <>
      <div className="scroll" tabIndex={0}>
        <table className="runs">
          <Heads
            columns={[
              left(<span className="unseen">tick</span>, ''),
              left('run'),
              left('when', 'left when'),
              left('stage'),
              left('load'),
              left('result'),
            ]}
          />
          <tbody>
            {list.runs.map((run) => (
              <RunRow
                key={run.id}
                run={run}
                hides={hides}
                ticked={ticked.includes(run.id)}
                onTick={() => onTick(run.id)}
                onChanged={onChanged}
              />
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
