import type { Answer, Form, Option, Unit } from './answer.ts';
import { answerWords, withUnit } from './answer-words.ts';
import type { Seen } from './seen.ts';

/** One thing a learner is asked, and how the answer is held against what was measured. The words asked stand in guide.md. */
export interface Question {
  /** What it is about, a few words: `Busy share in the first failing step`. */
  readonly about: string;
  readonly form: Form;
  /** Two sentences that say what the words mean, and nothing of the answer. */
  readonly means: readonly [string, string];
  /**
   * What the answer is on a page's pictures: a bracket on the load axis, a tier of the topology, a span of seconds since the first
   * action of an experiment; null when it is none of them.
   */
  readonly draws: 'load' | 'tier' | 'seconds' | null;
  judge(answer: Answer, seen: Seen): Judgement;
  /** What was measured, with its evidence; the last hint. */
  solve(seen: Seen): Solution;
}

/** Where on the pages of a run, of a stage, or of a lab something can be read. */
export type Place =
  | { readonly kind: 'run'; readonly run: string; readonly anchor: Anchor; readonly step: number | null; readonly says: string }
  | { readonly kind: 'stage'; readonly stage: number; readonly says: string }
  /** What an earlier step of the lab showed. */
  | { readonly kind: 'step'; readonly stage: number; readonly step: string; readonly says: string };

/** Sections of a run's page and of its report. */
export type Anchor = 'keeps-up' | 'evidence' | 'runs-out' | 'steps' | 'outcome';

/** What was measured; `not-shown` when this run cannot answer the question. */
export type Solution =
  | { readonly kind: 'shown'; readonly words: string; readonly because: readonly string[]; readonly place: Place }
  | { readonly kind: 'not-shown'; readonly why: string };

/** `unsure` is an answer that claims nothing. The lab that broke is none of these: then there is nothing to judge. */
export type Judgement =
  | {
      readonly outcome: 'right' | 'differs' | 'unsure';
      readonly said: string;
      readonly measured: string;
      /** How the answer lies to what was measured: `Inside, 20 wide.`; may be empty. */
      readonly note: string;
      readonly because: readonly string[];
      readonly place: Place;
    }
  | { readonly outcome: 'not-shown'; readonly why: string };

/** A measured value on which an answer is judged. */
export interface Measured<Value> {
  readonly value: Value;
  readonly words: string;
  readonly because: readonly string[];
  readonly place: Place;
}
export interface NotShown {
  readonly notShown: string;
}

interface Spec<Value> {
  readonly about: string;
  readonly means: readonly [string, string];
  readonly draws?: Question['draws'];
  measure(seen: Seen): Measured<Value> | NotShown;
}

interface Verdict {
  readonly right: boolean;
  readonly note: string;
}

/** One of several. `value` is what is right; two may be, as when two resources run out at once. */
export function choice(options: readonly Option[], spec: Spec<readonly string[]>): Question {
  return question({ kind: 'choice', options }, spec, (answer, { value }) => ({
    right: answer.kind === 'choice' && value.includes(answer.value),
    note: '',
  }));
}

/**
 * Between two numbers. Right when it holds the measured value; at its edge when only the value's own interval reaches into it,
 * since nothing closer was measured.
 */
export function range(unit: Unit, spec: Spec<{ readonly at: number; readonly interval: readonly [number, number] }>): Question {
  return question({ kind: 'range', unit }, spec, (answer, { value: { at, interval } }) => {
    if (answer.kind !== 'range') return { right: false, note: '' };
    const width = withUnit(String(Number((answer.high - answer.low).toFixed(2))), unit === '×' ? '' : unit);
    if (answer.low <= at && at <= answer.high) return { right: true, note: `Inside, ${width} wide.` };
    if (answer.low <= interval[1] && interval[0] <= answer.high) return { right: true, note: `At its edge, ${width} wide.` };
    return { right: false, note: at < answer.low ? 'It was less.' : 'It was more.' };
  });
}

/** A number that can be read off; `others` are what else stands there, to say which line was read instead. */
export function reading(
  unit: Unit,
  spec: Spec<{
    readonly at: number;
    readonly within: number;
    readonly others: readonly { readonly at: number; readonly says: string }[];
  }>,
): Question {
  return question({ kind: 'number', unit }, spec, (answer, { value: { at, within, others } }) => {
    if (answer.kind !== 'number') return { right: false, note: '' };
    if (Math.abs(answer.value - at) <= within) return { right: true, note: '' };
    const other = others.find((one) => Math.abs(answer.value - one.at) <= within);
    return { right: false, note: other === undefined ? '' : other.says };
  });
}

function question<Value>(
  form: Form,
  { about, means, draws = null, measure }: Spec<Value>,
  compare: (answer: Answer, measured: Measured<Value>) => Verdict,
): Question {
  return {
    about,
    form,
    means,
    draws,
    judge(answer, seen) {
      const measured = measure(seen);
      if ('notShown' in measured) return { outcome: 'not-shown', why: measured.notShown };
      const { words, because, place } = measured;
      const said = answerWords(form, answer);
      if (answer.kind === 'unsure') return { outcome: 'unsure', said, measured: words, note: '', because, place };
      const { right, note } = compare(answer, measured);
      return { outcome: right ? 'right' : 'differs', said, measured: words, note, because, place };
    },
    solve(seen) {
      const measured = measure(seen);
      if ('notShown' in measured) return { kind: 'not-shown', why: measured.notShown };
      const { words, because, place } = measured;
      return { kind: 'shown', words, because, place };
    },
  };
}

// A topology is declared, and what follows from an idea is neither declared nor measured.
const SOURCES: Readonly<Record<Place['kind'], string>> = { run: 'Measured:', stage: 'The table says', step: 'The answer:' };

/** The sentence people read, in the terminal and on the page. */
export function judgementText({ about }: Pick<Question, 'about'>, judgement: Judgement, verb: 'predicted' | 'answered'): string {
  if (judgement.outcome === 'not-shown') return `${about}: this run did not show it. ${judgement.why}`;
  const { outcome, said, measured, note, place } = judgement;
  const told = outcome === 'unsure' ? 'you were not sure' : `you ${verb} ${said}`;
  // What follows from an idea has no other words than the answer itself.
  const source = outcome === 'right' && place.kind === 'step' ? '' : ` ${SOURCES[place.kind]} ${measured}.`;
  const where = outcome === 'differs' ? ` See ${place.says}.` : '';
  return `${about}: ${told}.${source}${note === '' ? '' : ` ${note}`}${where}`;
}
