import type { z } from 'zod';
import type { Bound } from './bound.ts';
import type { Observed } from './observed.ts';
import type { ExpectationResult, OutcomeTable } from './outcome.ts';

/** One thing an experiment must show: a kind with its input. Made by calling the definition of the kind. */
export interface Expectation {
  readonly definition: AnyExpectation;
  readonly kind: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** Phases without which it cannot be judged: a form of the experiment that leaves one of them out leaves this out. */
  readonly phases: readonly string[];
  judge(observed: Observed): ExpectationResult;
  /** What is laid side by side, phase by phase; null where there is nothing to compare. */
  table(observed: Observed): OutcomeTable | null;
}

/** A kind of expectation. Calling it with its input makes one. */
export interface ExpectationDefinition<Input> {
  (input: Input): Expectation;
  readonly kind: string;
  readonly input: z.ZodType<Input>;
  /** What an expectation of this kind was given; null for one of another kind. */
  inputOf(expectation: Expectation): Input | null;
  /** One of plain data. Throws ZodError. */
  from(input: unknown): Expectation;
}

/** A kind whose input is not known yet. */
export type AnyExpectation = Pick<ExpectationDefinition<unknown>, 'kind' | 'from'>;

/** What was to be measured is not there. */
export interface Unseen {
  readonly unseen: string;
}

export function unseen(why: string): Unseen {
  return { unseen: why };
}

/** What was measured, in words, and what follows from it. */
interface Finding {
  readonly measured: string;
  /** Null when too little was seen to say. */
  readonly holds: boolean | null;
  /** The numbers that decided it, with their bounds; none where words or lists are compared. */
  readonly bounds?: readonly Bound[];
  /** One line a host, a server or the like. */
  readonly details?: readonly string[];
  /** Numbers behind the words, by name with unit. */
  readonly values?: ExpectationResult['values'];
}

interface Spec<Input, Seen> {
  /** Lower-case words with dashes, unique. */
  readonly kind: string;
  readonly input: z.ZodType<Input>;
  readonly phases?: (input: Input) => readonly string[];
  /** What it is about and what is expected, a few words each. */
  readonly sentence: (input: Input) => { readonly about: string; readonly expected: string };
  /** Takes what the judgement needs from all that was seen. */
  readonly observe: (observed: Observed, input: Input) => Seen | Unseen;
  readonly judge: (seen: Seen, input: Input) => Finding;
  readonly table?: (observed: Observed, input: Input) => OutcomeTable | null;
}

/** Defines a kind of expectation; its file in `expectations/` and a line in `catalogue.ts` are all there is to one. Pure. */
export function defineExpectation<Input extends object, Seen>(spec: Spec<Input, Seen>): ExpectationDefinition<Input> {
  const inputs = new WeakMap<Expectation, Input>();
  const define = (input: Input): Expectation => {
    const expectation: Expectation = {
      definition,
      kind: spec.kind,
      input: Object.fromEntries(Object.entries(input)),
      phases: spec.phases?.(input) ?? [],
      judge: (observed) => resultOf(spec, input, observed),
      table: (observed) => spec.table?.(observed, input) ?? null,
    };
    inputs.set(expectation, input);
    return expectation;
  };
  const definition = Object.assign(define, {
    kind: spec.kind,
    input: spec.input,
    inputOf: (expectation: Expectation) => inputs.get(expectation) ?? null,
    from: (plain: unknown) => define(spec.input.parse(plain)),
  });
  return definition;
}

function resultOf<Input, Seen>({ sentence, observe, judge }: Spec<Input, Seen>, input: Input, observed: Observed): ExpectationResult {
  const { about, expected } = sentence(input);
  const seen = observe(observed, input);
  if (isUnseen(seen)) return { about, expected, measured: seen.unseen, holds: null, bounds: [], details: [], values: {} };
  const { measured, holds, bounds = [], details = [], values = {} } = judge(seen, input);
  return { about, expected, measured, holds, bounds, details, values };
}

function isUnseen(seen: unknown): seen is Unseen {
  return typeof seen === 'object' && seen !== null && 'unseen' in seen;
}
