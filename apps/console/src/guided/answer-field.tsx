import type { ReactNode } from 'react';
import type { Form } from '@loadstair/labs';
import type { Given } from './given.ts';

/** The fields of one question. */
export function AnswerField({
  name,
  ask,
  form,
  given,
  maybeUnsure,
  onGiven,
}: {
  readonly name: string;
  readonly ask: string;
  readonly form: Form;
  readonly given: Given;
  readonly maybeUnsure: boolean;
  readonly onGiven: (given: Given) => void;
}): ReactNode {
  return (
    <fieldset className="question">
      <legend>{ask}</legend>
      {form.kind === 'choice'
        ? form.options.map((option) => (
            <label key={option.value}>
              <input
                type="radio"
                name={name}
                checked={!given.unsure && given.choice === option.value}
                onChange={() => onGiven({ ...given, choice: option.value, unsure: false })}
              />{' '}
              {option.label}
            </label>
          ))
        : null}
      {form.kind === 'range' ? (
        <span>
          between <NumberField label={`${ask} At least`} value={given.low} onValue={(low) => onGiven({ ...given, low, unsure: false })} />{' '}
          and <NumberField label={`${ask} At most`} value={given.high} onValue={(high) => onGiven({ ...given, high, unsure: false })} />{' '}
          {form.unit}
        </span>
      ) : null}
      {form.kind === 'number' ? (
        <span>
          <NumberField label={ask} value={given.number} onValue={(number) => onGiven({ ...given, number, unsure: false })} /> {form.unit}
        </span>
      ) : null}
      {maybeUnsure ? (
        <label>
          {form.kind === 'choice' ? (
            <input type="radio" name={name} checked={given.unsure} onChange={() => onGiven({ ...given, unsure: true })} />
          ) : (
            <input type="checkbox" checked={given.unsure} onChange={(event) => onGiven({ ...given, unsure: event.target.checked })} />
          )}{' '}
          not sure yet
        </label>
      ) : null}
    </fieldset>
  );
}

function NumberField({
  label,
  value,
  onValue,
}: {
  readonly label: string;
  readonly value: string;
  readonly onValue: (value: string) => void;
}): ReactNode {
  return (
    <input type="text" inputMode="decimal" size={6} aria-label={label} value={value} onChange={(event) => onValue(event.target.value)} />
  );
}
