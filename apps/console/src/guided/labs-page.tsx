import { useState, type ReactNode } from 'react';
import { runsWords } from '@loadstair/labs/answer-words';
import { Link } from 'wouter';
import { failureOf, type Failure } from '../lab/lab-error.ts';
import { Failed, Loading } from '../shell/states.tsx';
import { useTitle } from '../shell/use-title.ts';
import { keepLearner, storedLearner } from './learner.ts';
import { saveLog } from './save-log.ts';
import { labHref, useLabs } from './use-labs.ts';

/** The guided labs, and where a learner stands in each. */
export function LabsPage(): ReactNode {
  useTitle('Labs');
  const [learner, setLearner] = useState(storedLearner);
  const reading = useLabs(learner);
  const rename = (name: string): void => {
    keepLearner(name);
    setLearner(storedLearner());
  };
  const [failure, setFailure] = useState<Failure | null>(null);
  const exportLog = (event: { preventDefault(): void }): void => {
    event.preventDefault();
    saveLog(learner).then(
      () => setFailure(null),
      (error: unknown) => setFailure(failureOf(error)),
    );
  };
  return (
    <>
      <div className="headline">
        <h1>Labs</h1>
        <label>
          Your name <input type="text" defaultValue={learner} onBlur={(event) => rename(event.target.value)} />
        </label>
      </div>
      <p>
        Predict what will happen, run it, and see what happened. Each step takes some minutes; nothing is lost when you stop in between.
      </p>
      {reading.state === 'loading' ? <Loading what="labs" /> : null}
      {reading.state === 'failed' ? <Failed failure={reading.failure} /> : null}
      {'answer' in reading ? (
        <ul className="jobs">
          {reading.answer.labs.map((lab) => (
            <li key={lab.stage}>
              <h2>
                {lab.stage} {lab.title}
              </h2>
              <p>
                {lab.done} of {lab.steps} steps{lab.next === null ? ': done' : ` · next: ${lab.next.title}`}
                {lab.next === null && lab.optional > 0 ? `, ${lab.optional} optional left` : ''}
              </p>
              <Link href={labHref(lab)} className="button">
                {lab.next === null ? 'Review' : `${lab.begun ? 'Continue' : 'Start'}, ${runsWords(lab.takesS)}`}
              </Link>
            </li>
          ))}
        </ul>
      ) : null}
      {failure === null ? null : <Failed failure={failure} />}
      <p>
        <a href="#export" onClick={exportLog}>
          Export your answers
        </a>
        : a file for the teacher · <Link href="/labs/class">Class</Link>: shows the files of all learners together ·{' '}
        <Link href="/labs/test">Test</Link>: ten questions before the labs and after them
      </p>
    </>
  );
}
