import type { ReactNode } from 'react';
import type { Examples } from '@loadstair/topology';
import { Link } from 'wouter';
import { storedLearner } from '../guided/learner.ts';
import { useLabs } from '../guided/use-labs.ts';
import { hidesOf } from '../guided/use-stage-lab.ts';
import { copy } from '../lab/copy.ts';
import { useReading } from '../lab/use-reading.ts';
import { NoRuns } from '../runs/no-runs.tsx';
import { useStatus } from '../shell/lab-status.tsx';
import { Failed, Loading } from '../shell/states.tsx';
import { useTitle } from '../shell/use-title.ts';
import { useExamples } from '../stages/use-examples.ts';
import { LastRuns } from './last-runs.tsx';
import { NextThings } from './next-things.tsx';
import { StepCards } from './step-cards.tsx';
import { nextThings } from './what-next.ts';

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

/** The story, step by step, with what was measured of each; the jobs, each with its command; what ran last, and what to do next. */
export function HomePage(): ReactNode {
  useTitle('Load lab');
  const status = useStatus();
  const examples = useExamples();
  const { reading: measured } = useReading('GET /api/measured', []);
  const { reading: runs } = useReading('GET /api/runs', [{ query: {} }]);
  const labs = useLabs(storedLearner());
  const hides = hidesOf(labs);
  const going = 'answer' in status ? status.answer.run : null;
  const measures = !('answer' in status) || status.answer.recorded === undefined;
  const summaries = 'answer' in labs ? labs.answer.labs : [];
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
      {'answer' in measured && 'answer' in runs ? (
        <NextThings things={nextThings(measured.answer, runs.answer.total, summaries, measures)} />
      ) : null}
      <h2>The stages</h2>
      {measured.state === 'loading' ? <Loading what="the stages" /> : null}
      {measured.state === 'failed' ? <Failed failure={measured.failure} /> : null}
      {'answer' in measured && hides !== null ? <StepCards measured={measured.answer} hides={hides} /> : null}
      <h2>Last runs</h2>
      {!('answer' in runs) || hides === null ? null : runs.answer.total === 0 ? (
        <NoRuns />
      ) : (
        <LastRuns runs={runs.answer.runs} total={runs.answer.total} hides={hides} />
      )}
      {'answer' in status && copy() === null ? (
        <p className="run-header">
          {status.answer.machine} · instance {status.answer.instance} ·{' '}
          {status.answer.stage === null ? 'no site is up' : `stage ${status.answer.stage} ${status.answer.slug} is up`} ·{' '}
          <Link href="/health">Health</Link>
        </p>
      ) : null}
    </>
  );
}
