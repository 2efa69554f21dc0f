import type { ExpectationResult } from '@loadstair/experiments';
import type { Measured, NotShown, Place } from '../question.ts';
import { resultOf, type KindOf, type Seen } from '../seen.ts';
import { experimentOf } from './ran.ts';

/** A value that an experiment measured, with where it stands. */
export function valueOf<Input>(
  seen: Seen,
  kind: KindOf<Input>,
  name: string,
  which?: (input: Input) => boolean,
): (Measured<number> & { readonly result: ExpectationResult }) | NotShown {
  const ran = experimentOf(seen);
  const found = resultOf(ran, kind, which);
  if (found === null) return { notShown: 'The quick form of this experiment does not measure this; the long form does.' };
  const { result, number } = found;
  const value = result.values[name] ?? null;
  if (value === null) return { notShown: `${result.about}: ${result.measured}.` };
  const place: Place = { kind: 'run', run: ran.id, anchor: 'outcome', step: number, says: `the outcome: “${result.about}”` };
  return { value, words: result.measured, because: result.details, place, result };
}

/** The same of what is expected of one phase. */
export function ofPhase(seen: Seen, kind: KindOf<{ readonly phase: string }>, phase: string, name: string): ReturnType<typeof valueOf> {
  return valueOf(seen, kind, name, (input) => input.phase === phase);
}

/** A time in seconds, of one in ms. */
export function secondsOf(found: Measured<number> | NotShown): Measured<number> | NotShown {
  if ('notShown' in found) return found;
  const seconds = found.value / 1000;
  return { ...found, value: seconds, words: `${seconds.toFixed(seconds < 1 ? 2 : 1)} s` };
}

/** The same value in words of its own, where an expectation measures several. */
export function worded(found: Measured<number> | NotShown, words: (value: number) => string): Measured<number> | NotShown {
  return 'notShown' in found ? found : { ...found, words: words(found.value) };
}

export function asReading(
  found: Measured<number> | NotShown,
  factor: number,
  within: number,
): Measured<{ readonly at: number; readonly within: number; readonly others: readonly [] }> | NotShown {
  if ('notShown' in found) return found;
  // Half a unit of what is printed.
  return { ...found, value: { at: found.value * factor, within: within + (factor === 100 ? 0.5 : 0.05), others: [] } };
}

export function asRange(
  found: Measured<number> | NotShown,
  factor: number,
  spread: number,
): Measured<{ readonly at: number; readonly interval: readonly [number, number] }> | NotShown {
  if ('notShown' in found) return found;
  const at = found.value * factor;
  return { ...found, value: { at, interval: [at - spread * factor, at + spread * factor] } };
}
