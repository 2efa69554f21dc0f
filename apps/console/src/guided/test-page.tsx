import { useState, type ReactNode } from 'react';
import { Link } from 'wouter';
import { useChange } from '../lab/change.tsx';
import { useReading } from '../lab/use-reading.ts';
import { ActionButton } from '../shell/action-button.tsx';
import { Failed, Loading } from '../shell/states.tsx';
import { useTitle } from '../shell/use-title.ts';
import { storedLearner } from './learner.ts';

/** Ten questions before the labs, and the same after them. */
export function TestPage(): ReactNode {
  useTitle('Test');
  const learner = storedLearner();
  const { reading, again } = useReading('GET /api/labs/test', [{ query: { learner } }]);
  const change = useChange();
  const [answers, setAnswers] = useState<Readonly<Record<string, string | null>>>({});
  if (reading.state === 'failed') return <Failed failure={reading.failure} />;
  if (!('answer' in reading)) return <Loading what="the test" />;
  const { moment, questions, result } = reading.answer;
  const take = async (): Promise<void> => {
    await change('POST /api/labs/test', { body: { learner, answers } });
    setAnswers({});
    again();
  };
  return (
    <>
      <p className="run-header">
        <Link href="/labs">Labs</Link> · {learner}
      </p>
      <h1>Test {moment === 'before' ? 'before the labs' : moment === 'after' ? 'after the labs' : ''}</h1>
      {result === null ? (
        <>
          <p>
            Ten questions, before the labs and again after them. “Not sure” is an answer. You see the right answers after the second time.
          </p>
          {questions.map(({ key, ask, options }) => (
            <fieldset className="question" key={`${moment} ${key}`}>
              <legend>{ask}</legend>
              {[...options, { value: null, label: 'not sure' }].map(({ value, label }) => (
                <label key={label}>
                  <input
                    type="radio"
                    name={key}
                    checked={key in answers && answers[key] === value}
                    onChange={() => setAnswers({ ...answers, [key]: value })}
                  />{' '}
                  {label}
                </label>
              ))}
            </fieldset>
          ))}
          <p>
            <ActionButton primary disabled={questions.some(({ key }) => !(key in answers))} onPress={take}>
              Hand in
            </ActionButton>
          </p>
        </>
      ) : (
        <>
          <p>
            <strong>{result.gain}</strong>
          </p>
          {result.missed.length === 0 ? <p>Every answer was right the second time.</p> : <h2>Answered wrong the second time</h2>}
          <dl>
            {result.missed.map(({ ask, right, because }) => (
              <div key={ask}>
                <dt>{ask}</dt>
                <dd>
                  {right}. {because}
                </dd>
              </div>
            ))}
          </dl>
        </>
      )}
    </>
  );
}
