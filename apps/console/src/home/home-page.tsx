import type { ReactNode } from 'react';
import type { Examples } from '@loadstair/topology';
import { Link } from 'wouter';
import { useReading } from '../lab/use-reading.ts';
import { NoRuns } from '../runs/no-runs.tsx';
import { resultMark } from '../runs/result-mark.ts';
import { useStatus } from '../shell/lab-status.tsx';
import { useTitle } from '../shell/use-title.ts';
import { useExamples } from '../stages/use-examples.ts';

const JOBS: readonly Job[] = [
  { title: 'Run a load profile and watch it', command: 'run', with: ({ stage }) => [stage], href: '/stages', button: 'Choose a stage' },
  {
    title: 'Compare stages under one SLO',
    command: 'compare',
    with: ({ compared }) => compared,
    href: '/compare',
    button: 'See the staircase',
  },
  { title: 'Take a workshop lab', command: 'workshop', with: ({ stage }) => [stage], href: '/labs', button: 'Choose a lab' },
];

interface Job {
  readonly title: string;
  readonly command: string;
  /** Stages it is shown with. */
  readonly with: (examples: Examples) => readonly number[];
  readonly href: string;
  readonly button: string;
}

/** The jobs, each with its command and one button; what runs now, and what the last run said. */
export function HomePage(): ReactNode {
  useTitle('Load lab');
  const status = useStatus();
  const examples = useExamples();
  const { reading } = useReading('GET /api/runs', [{ query: {} }]);
  const going = 'answer' in status ? status.answer.run : null;
  const last = 'answer' in reading ? reading.answer.runs.find((run) => run.kind === 'run') : undefined;
  return (
    <>
      {going === null ? null : (
        <Link href={`/runs/${going}`} className="going">
          <strong>Running</strong> · {going} · Open
        </Link>
      )}
      <h1>One photo site, grown step by step; what limits it, named by measurement.</h1>
      <ul className="jobs">
        {JOBS.map((job) => (
          <li key={job.command}>
            <h2>{job.title}</h2>
            <p>
              <code>{['./lab', job.command, ...(examples === null ? [] : job.with(examples))].join(' ')}</code>
            </p>
            <Link href={job.href} className="button">
              {job.button}
            </Link>
          </li>
        ))}
      </ul>
      {'answer' in status ? (
        <p className="run-header">
          {status.answer.machine} · instance {status.answer.instance} ·{' '}
          {status.answer.stage === null ? 'nothing is up' : `stage ${status.answer.stage} ${status.answer.slug} is up`} ·{' '}
          <Link href="/health">Health</Link>
        </p>
      ) : null}
      <h2>Last run</h2>
      {last === undefined ? (
        <NoRuns />
      ) : (
        <p>
          <Link href={`/runs/${last.id}`}>
            <span className={last.result === 'named' ? 'limit' : ''}>{resultMark(last.result)}</span> {last.stage} {last.slug}: {last.words}
          </Link>
        </p>
      )}
    </>
  );
}
