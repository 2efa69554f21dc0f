import type { Answer, Form } from '@loadstair/labs';

/** An answer as people read it. */
export function answerText(form: Form, answer: Answer): string {
  const unit = form.kind === 'choice' || form.unit === '' ? '' : form.unit === '/s' ? '/s' : ` ${form.unit}`;
  switch (answer.kind) {
    case 'choice':
      return (form.kind === 'choice' ? form.options.find((option) => option.value === answer.value)?.label : undefined) ?? answer.value;
    case 'range':
      return `${answer.low}–${answer.high}${unit}`;
    case 'number':
      return `${answer.value}${unit}`;
    case 'unsure':
      return 'not sure';
  }
}
