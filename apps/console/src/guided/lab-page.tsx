import type { ReactNode } from 'react';
import { runsWords } from '@loadstair/labs/answer-words';
import { Link } from 'wouter';
import { useReading } from '../lab/use-reading.ts';
import { Failed, Loading } from '../shell/states.tsx';
import { useTitle } from '../shell/use-title.ts';
import { endedMark } from './ended-mark.ts';
import { LearnersCalibration } from './calibration.tsx';
import { Prose } from './prose.tsx';
import { storedLearner } from './learner.ts';

/** What a lab is about, and its steps. */
export function LabPage({ stage }: { readonly stage: number }): ReactNode {
  useTitle(`Lab ${stage}`);
  const { reading } = useReading('GET /api/labs/{lab}', [{ path: { lab: String(stage) }, query: { learner: storedLearner() } }]);
  if (reading.state === 'failed') return <Failed failure={reading.failure} />;
  if (!('answer' in reading)) return <Loading what="the lab" />;
  const lab = reading.answer;
  const left = lab.steps.filter(({ ended }) => ended === null);
  const next = left.find(({ optional }) => !optional) ?? left[0];
  return (
    <>
      <h1>
        Lab {lab.stage}: {lab.title}
      </h1>
      <Prose stage={stage} blocks={lab.goal} />
      <h2>Background</h2>
      <Prose stage={stage} blocks={lab.background} />
      <h2>Steps</h2>
      <ol className="lab-steps">
        {lab.steps.map(({ step, title, optional, ended }) => (
          <li key={step}>
            <Link href={`/labs/${stage}/${step}`}>{title}</Link>
            {optional ? ' (optional)' : ''} {endedMark(ended)}
          </li>
        ))}
      </ol>
      {next === undefined ? null : (
        <Link href={`/labs/${stage}/${next.step}`} className="button">
          {next === lab.steps[0] ? 'Start' : 'Continue'}, {runsWords(lab.takesS)}
        </Link>
      )}
      <LearnersCalibration learner={storedLearner()} stage={stage} />
    </>
  );
}
