import type { Answer, Form } from '@loadstair/labs';

/** What stands in the fields of a question. */
export interface Given {
  readonly choice: string;
  readonly low: string;
  readonly high: string;
  readonly number: string;
  readonly unsure: boolean;
}

export const NOTHING_GIVEN: Given = { choice: '', low: '', high: '', number: '', unsure: false };

/** The answer in the fields; null as long as it is not whole. */
export function answerOf(form: Form, given: Given): Answer | null {
  if (given.unsure) return { kind: 'unsure' };
  switch (form.kind) {
    case 'choice':
      return given.choice === '' ? null : { kind: 'choice', value: given.choice };
    case 'range': {
      const [low, high] = [numberIn(given.low), numberIn(given.high)];
      return low === null || high === null || low > high ? null : { kind: 'range', low, high };
    }
    case 'number': {
      const value = numberIn(given.number);
      return value === null ? null : { kind: 'number', value };
    }
  }
}

function numberIn(text: string): number | null {
  const value = Number(text.trim().replace(',', '.'));
  return text.trim() === '' || !Number.isFinite(value) || value < 0 ? null : value;
}
