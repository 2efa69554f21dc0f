import { Fragment, useState, type ReactNode } from 'react';
import type { Answer, StepView } from '@loadstair/labs';
import { answerWords } from '@loadstair/labs/answer-words';
import { minutes } from '../live/live-words.ts';
import { ActionButton } from '../shell/action-button.tsx';
import { AnswerField } from './answer-field.tsx';
import { answerOf, NOTHING_GIVEN, type Given } from './given.ts';
import { PickTier } from './pick-tier.tsx';
import { Prose } from './prose.tsx';

const SURE = ['guess', 'fairly', 'very'] as const;

/** A prediction as it is locked. */
export interface Said {
  readonly answers: Readonly<Record<string, Answer>>;
  readonly why: string;
  readonly sure: (typeof SURE)[number] | null;
}

/** A prediction, until it is locked; then what was said. */
export function Predict({
  stage,
  predict,
  takesS,
  onLock,
}: {
  readonly stage: number;
  readonly predict: NonNullable<StepView['predict']>;
  readonly takesS: StepView['takesS'];
  readonly onLock: (given: Said, quick: boolean) => Promise<void>;
}): ReactNode {
  const [given, setGiven] = useState<Readonly<Record<string, Given>>>({});
  const [why, setWhy] = useState('');
  const [sure, setSure] = useState<Said['sure']>(null);
  if (predict.locked !== null)
    return (
      <>
        <h2>You predicted</h2>
        <dl className="said">
          {predict.questions.map(({ key, ask, form, answer }) => (
            <div key={key}>
              <dt>{ask}</dt>
              <dd>{answer === null ? '–' : answerWords(form, answer)}</dd>
            </div>
          ))}
          {predict.locked.why === '' ? null : (
            <div>
              <dt>Why</dt>
              <dd>{predict.locked.why}</dd>
            </div>
          )}
        </dl>
        <p className="muted">
          {predict.locked.holds ? `Locked, ${predict.locked.hash}.` : 'This prediction was changed after it was locked.'}
        </p>
      </>
    );
  const answers = predict.questions.map(({ key, form }) => [key, answerOf(form, given[key] ?? NOTHING_GIVEN)] as const);
  const whole = answers.every(([, answer]) => answer !== null);
  const lock = (quick: boolean): Promise<void> =>
    onLock({ answers: Object.fromEntries(answers.flatMap(([key, answer]) => (answer === null ? [] : [[key, answer]]))), why, sure }, quick);
  return (
    <>
      <h2>Predict</h2>
      <Prose stage={stage} blocks={predict.anchor} />
      {predict.questions.map(({ key, ask, form, pick }) => {
        const own = given[key] ?? NOTHING_GIVEN;
        const onGiven = (one: Given): void => setGiven({ ...given, [key]: one });
        return (
          <Fragment key={key}>
            <AnswerField name={key} ask={ask} form={form} given={own} maybeUnsure onGiven={onGiven} />
            {pick === null ? null : <PickTier ask={ask} form={form} topology={pick} given={own} onGiven={onGiven} />}
          </Fragment>
        );
      })}
      <p>
        <label>
          Why? In one line:{' '}
          <input type="text" className="line" value={why} maxLength={500} onChange={(event) => setWhy(event.target.value)} />
        </label>
      </p>
      <fieldset className="question">
        <legend>How sure are you?</legend>
        {SURE.map((one) => (
          <label key={one}>
            <input type="radio" name="sure" checked={sure === one} onChange={() => setSure(one)} /> {one}
          </label>
        ))}
      </fieldset>
      <p>
        <ActionButton primary disabled={!whole} onPress={() => lock(false)}>
          Lock and run, {minutes(takesS.full)}
        </ActionButton>{' '}
        <ActionButton disabled={!whole} onPress={() => lock(true)}>
          Quick, {minutes(takesS.quick)}
        </ActionButton>
      </p>
      <p className="muted">A locked prediction cannot be changed.</p>
    </>
  );
}
