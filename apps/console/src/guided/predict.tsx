import { useState, type ReactNode } from 'react';
import { answerText } from './answer-text.ts';
import type { Answer, StepView } from '@loadstair/labs';
import { ActionButton } from '../shell/action-button.tsx';
import { AnswerField } from './answer-field.tsx';
import { answerOf, NOTHING_GIVEN, type Given } from './given.ts';

const SURE = ['guess', 'fairly', 'very'] as const;

/** A prediction, until it is locked; then what was said. */
export function Predict({
  predict,
  onLock,
}: {
  readonly predict: NonNullable<StepView['predict']>;
  readonly onLock: (given: { answers: Readonly<Record<string, Answer>>; why: string; sure: string | null }) => Promise<void>;
}): ReactNode {
  const [given, setGiven] = useState<Readonly<Record<string, Given>>>({});
  const [why, setWhy] = useState('');
  const [sure, setSure] = useState<string | null>(null);
  if (predict.locked !== null)
    return (
      <>
        <h2>You predicted</h2>
        <dl className="rows">
          {predict.questions.map(({ key, ask, form, answer }) => (
            <div className="entry" key={key}>
              <dt>{ask}</dt>
              <dd>{answer === null ? '–' : answerText(form, answer)}</dd>
            </div>
          ))}
          {predict.locked.why === '' ? null : (
            <div className="entry">
              <dt>Why</dt>
              <dd>{predict.locked.why}</dd>
            </div>
          )}
        </dl>
        {predict.locked.holds ? null : <p>This prediction was changed after it was locked.</p>}
      </>
    );
  const answers = predict.questions.map(({ key, form }) => [key, answerOf(form, given[key] ?? NOTHING_GIVEN)] as const);
  const whole = answers.every(([, answer]) => answer !== null);
  return (
    <>
      <h2>Predict</h2>
      {predict.questions.map(({ key, ask, form }) => (
        <AnswerField
          key={key}
          name={key}
          ask={ask}
          form={form}
          given={given[key] ?? NOTHING_GIVEN}
          maybeUnsure
          onGiven={(one) => setGiven({ ...given, [key]: one })}
        />
      ))}
      <p>
        <label>
          Why? One line <input type="text" value={why} maxLength={500} onChange={(event) => setWhy(event.target.value)} />
        </label>
      </p>
      <fieldset className="question">
        <legend>Sure?</legend>
        {SURE.map((one) => (
          <label key={one}>
            <input type="radio" name="sure" checked={sure === one} onChange={() => setSure(one)} /> {one}
          </label>
        ))}
      </fieldset>
      <ActionButton
        primary
        disabled={!whole}
        onPress={() =>
          onLock({ answers: Object.fromEntries(answers.flatMap(([key, answer]) => (answer === null ? [] : [[key, answer]]))), why, sure })
        }
      >
        Lock it
      </ActionButton>
    </>
  );
}
