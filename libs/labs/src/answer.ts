import { z } from 'zod';

/** What a learner said, as it is kept. */
export const ANSWER = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('choice'), value: z.string().max(60) }),
  z.strictObject({ kind: z.literal('range'), low: z.number().min(0), high: z.number().min(0) }),
  z.strictObject({ kind: z.literal('number'), value: z.number() }),
  z.strictObject({ kind: z.literal('unsure') }),
]);
export type Answer = z.infer<typeof ANSWER>;

/** How a question is answered. */
export type Form =
  | { readonly kind: 'choice'; readonly options: readonly Option[] }
  | { readonly kind: 'range'; readonly unit: Unit }
  | { readonly kind: 'number'; readonly unit: Unit };

export interface Option {
  readonly value: string;
  readonly label: string;
}

/** `/s` is arrivals per second; an empty one counts things. */
export type Unit = '/s' | '%' | '×' | 's' | 'ms' | '';

export type Parsed = { readonly kind: 'answer'; readonly answer: Answer } | { readonly kind: 'unclear'; readonly say: string };

/**
 * What was typed, as an answer. Choices are taken by number or by name.
 *
 * @param maybeUnsure whether "not sure" is an answer here
 */
export function parseAnswer(form: Form, typed: string, maybeUnsure: boolean): Parsed {
  const text = typed.trim().toLowerCase();
  if (text === '') return unclear('Nothing was typed.');
  if (maybeUnsure && ['?', 'not sure', 'unsure'].includes(text)) return answer({ kind: 'unsure' });
  switch (form.kind) {
    case 'choice':
      return parseChoice(form.options, text, maybeUnsure);
    case 'range':
      return parseRange(text, form.unit);
    case 'number': {
      const value = numberIn(text, form.unit);
      if (isUnclear(value)) return value;
      return value === null ? unclear(`A number is needed, for example ${example(form.unit, 40)}.`) : answer({ kind: 'number', value });
    }
  }
}

/** Whether an answer is one the form can take: a page may send anything. */
export function fits(form: Form, given: Answer, maybeUnsure: boolean): boolean {
  if (given.kind === 'unsure') return maybeUnsure;
  if (given.kind !== form.kind) return false;
  if (given.kind === 'range') return given.low <= given.high;
  return form.kind !== 'choice' || given.kind !== 'choice' || form.options.some((option) => option.value === given.value);
}

function parseChoice(options: readonly Option[], text: string, maybeUnsure: boolean): Parsed {
  const count = options.length + (maybeUnsure ? 1 : 0);
  if (/^\d+$/.test(text)) {
    const option = options[Number(text) - 1];
    if (option !== undefined) return answer({ kind: 'choice', value: option.value });
    if (maybeUnsure && Number(text) === count) return answer({ kind: 'unsure' });
  }
  const named = options.find((option) => option.value === text || option.label.toLowerCase() === text);
  return named === undefined ? unclear(`A number from 1 to ${count} is needed.`) : answer({ kind: 'choice', value: named.value });
}

function parseRange(text: string, unit: Unit): Parsed {
  const parts = text.split(/\s*(?:-|–|\bto\b|\s)\s*/).filter((part) => part !== '' && part !== unit);
  const numbers = parts.map((part) => numberIn(part, unit));
  const ambiguous = numbers.find(isUnclear);
  if (ambiguous !== undefined) return ambiguous;
  const [low = null, high = null] = numbers.filter((number): number is number | null => !isUnclear(number));
  if (parts.length !== 2 || low === null || high === null) {
    return unclear(`Two numbers are needed, for example ${example(unit, 20)} to ${example(unit, 40)}.`);
  }
  return low <= high ? answer({ kind: 'range', low, high }) : unclear('The smaller number comes first.');
}

/** Null when it is no number; a question back when it could be two. */
function numberIn(text: string, unit: Unit): number | Unclear | null {
  const typed = text.replace(/^×|^x/, '').replace(unit, '').trim();
  const whole = typed.replaceAll(',', '');
  if (/^[1-9]\d{0,2},\d{3}$/.test(typed)) return unclear(`${Number(typed.replace(',', '.'))} or ${whole}? Write it without a comma.`);
  // Several groups of three, or a point after them, are thousands; any other single comma is a decimal one.
  const isThousands = /^\d{1,3}(?:,\d{3}){2,}(?:\.\d+)?$|^\d{1,3},\d{3}\.\d+$/.test(typed);
  const bare = isThousands ? whole : typed.replace(/^(\d+),(\d+)$/, '$1.$2');
  const value = Number(bare);
  return bare === '' || !Number.isFinite(value) || value < 0 ? null : value;
}

function example(unit: Unit, value: number): string {
  return unit === '×' ? String(value / 20) : String(value);
}

function answer(given: Answer): Parsed {
  return { kind: 'answer', answer: given };
}

type Unclear = Extract<Parsed, { kind: 'unclear' }>;

function isUnclear(number: number | Unclear | null): number is Unclear {
  return typeof number === 'object' && number !== null;
}

function unclear(say: string): Unclear {
  return { kind: 'unclear', say };
}
