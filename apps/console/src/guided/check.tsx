import { useState, type ReactNode } from 'react';
import type { Answer, CheckView, Hint } from '@loadstair/labs';
import { ActionButton } from '../shell/action-button.tsx';
import { AnswerField } from './answer-field.tsx';
import { answerOf, NOTHING_GIVEN } from './given.ts';
import { PlaceLink } from './happened.tsx';

/** One check: an answer that is held against telemetry, and hints that open one at a time. */
export function Check({
  check,
  onAnswer,
  onHint,
}: {
  readonly check: CheckView;
  readonly onAnswer: (answer: Answer) => Promise<void>;
  readonly onHint: () => Promise<void>;
}): ReactNode {
  const [given, setGiven] = useState(NOTHING_GIVEN);
  const answer = answerOf(check.form, given);
  return (
    <section className="check">
      {check.open ? (
        <>
          <AnswerField name={check.key} ask={check.ask} form={check.form} given={given} maybeUnsure={false} onGiven={setGiven} />
          <ActionButton primary disabled={answer === null} onPress={() => (answer === null ? Promise.resolve() : onAnswer(answer))}>
            Check
          </ActionButton>{' '}
          {check.hintsLeft === 0 ? null : (
            <ActionButton onPress={onHint}>
              {check.hints.length === 0
                ? 'Show me where to look'
                : `Hint ${check.hints.length + 1} of ${check.hints.length + check.hintsLeft}`}
            </ActionButton>
          )}
        </>
      ) : (
        <p>{check.ask}</p>
      )}
      <div aria-live="polite">
        {check.last === null ? null : (
          <p>
            {check.last.outcome === 'right' ? '✓' : check.last.outcome === 'differs' ? '✗' : '?'} {check.last.text}
          </p>
        )}
        {check.hints.map((hint) => (
          <HintPart key={hint.level} hint={hint} />
        ))}
      </div>
    </section>
  );
}

function HintPart({ hint }: { readonly hint: Hint }): ReactNode {
  return (
    <p className="hint">
      <strong>Hint {hint.level}</strong>{' '}
      {hint.level === 1 ? (
        <>
          Look at <PlaceLink place={hint.place}>{hint.place.says}</PlaceLink>
        </>
      ) : (
        hint.text
      )}
      {hint.level === 3
        ? hint.because.map((line) => (
            <span className="detail" key={line}>
              {line}
            </span>
          ))
        : null}
    </p>
  );
}
