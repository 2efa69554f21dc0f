import type { Option } from '../answer.ts';
import { choice, type Question } from '../question.ts';

/**
 * The idea of a step in a setting that no run of the lab shows: what follows from the idea is the right choice.
 *
 * @param about a few words: `The same idea elsewhere`
 * @param right the value of one of the options
 * @param because why it follows, one sentence or two
 * @param seenIn step in which the learner met the idea, and what it is called there
 */
export function transfer(spec: {
  readonly about?: string;
  readonly options: Readonly<Record<string, string>>;
  readonly right: string;
  readonly because: string;
  readonly means: readonly [string, string];
  readonly seenIn: { readonly stage: number; readonly step: string; readonly says: string };
}): Question {
  const options: Option[] = Object.entries(spec.options).map(([value, label]) => ({ value, label }));
  const right = options.find(({ value }) => value === spec.right);
  if (right === undefined) throw new TypeError(`${spec.right} is none of ${Object.keys(spec.options).join(', ')}.`);
  const question = choice(options, {
    about: spec.about ?? 'The same idea elsewhere',
    means: spec.means,
    measure: () => ({
      value: [right.value],
      words: right.label,
      because: [spec.because],
      place: { kind: 'step', ...spec.seenIn },
    }),
  });
  return {
    ...question,
    judge(answer, seen) {
      const judgement = question.judge(answer, seen);
      return judgement.outcome === 'not-shown' ? judgement : { ...judgement, note: spec.because };
    },
  };
}
