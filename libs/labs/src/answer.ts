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

/** `/s` is arrivals a second; an empty one counts things. */
export type Unit = '/s' | '%' | '×' | 's' | '';

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
  const [low = null, high = null] = parts.map((part) => numberIn(part, unit));
  if (parts.length !== 2 || low === null || high === null) {
    return unclear(`Two numbers are needed, for example ${example(unit, 20)} to ${example(unit, 40)}.`);
  }
  return low <= high ? answer({ kind: 'range', low, high }) : unclear('The smaller number comes first.');
}

function numberIn(text: string, unit: Unit): number | null {
  const bare = text
    .replace(/^×|^x/, '')
    .replace(unit, '')
    .replace(/(?<=\d),(?=\d{3})/g, '')
    .trim();
  const value = Number(bare);
  return bare === '' || !Number.isFinite(value) || value < 0 ? null : value;
}

function example(unit: Unit, value: number): string {
  return unit === '×' ? String(value / 20) : String(value);
}

function answer(given: Answer): Parsed {
  return { kind: 'answer', answer: given };
}

function unclear(say: string): Parsed {
  return { kind: 'unclear', say };
}
