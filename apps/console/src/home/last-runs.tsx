import type { ReactNode } from 'react';
import { utcMinute } from '@loadstair/analysis/times';
import type { ListedRunAnswer } from '@loadstair/lab-api';
import { Link } from 'wouter';
import { resultMark } from '../runs/result-mark.ts';

const MOST = 5;

/** What the newest runs came to, a line each. */
export function LastRuns({
  runs,
  total,
  hides,
}: {
  readonly runs: readonly ListedRunAnswer[];
  readonly total: number;
  /** Whether results of a stage are not to be seen yet. */
  readonly hides: (stage: number) => boolean;
}): ReactNode {
  const ended = runs.filter((run) => run.kind === 'run').slice(0, MOST);
  return (
    <>
      <ul className="last-runs">
        {ended.map((run) => (
          <li key={run.id}>
            <Link href={`/runs/${run.id}`}>{run.id}</Link>
            <span className="muted">{utcMinute(run.startedAt)}</span>
            <span>
              {run.label.starred ? '★ ' : ''}
              {run.stage} {run.slug} · {run.experiment ?? run.profile}
            </span>
            {hides(run.stage) ? (
              <span className="muted">Hidden until lab {run.stage} is done</span>
            ) : (
              <span>
                <span className={run.result === 'named' ? 'limit' : ''}>{resultMark(run.result)}</span> {run.words}
              </span>
            )}
          </li>
        ))}
      </ul>
      <p>
        <Link href="/runs">{total === 1 ? 'The run' : `All ${total} runs`}</Link>
      </p>
    </>
  );
}
