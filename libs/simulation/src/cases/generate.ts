import type { SimulatedCase } from './case.ts';
import { spoiltCase } from './invalid-cases.ts';
import { noneCase, singleCase, twoCase } from './valid-cases.ts';

/** How many cases of each group count in the end. */
export interface CaseCounts {
  readonly single: number;
  readonly two: number;
  readonly none: number;
  /** And as many valid counterparts. */
  readonly invalid: number;
}

export const FULL_COUNTS: CaseCounts = { single: 312, two: 63, none: 60, invalid: 128 };
const SUM = FULL_COUNTS.single + FULL_COUNTS.two + FULL_COUNTS.none + FULL_COUNTS.invalid;

/** The same mixture with about so many cases in all (counterparts not counted). */
export function countsFor(cases: number): CaseCounts {
  const part = (of: number): number => Math.max(1, Math.round((of * cases) / SUM));
  return { single: part(FULL_COUNTS.single), two: part(FULL_COUNTS.two), none: part(FULL_COUNTS.none), invalid: part(FULL_COUNTS.invalid) };
}

/** Every try of a group in order; a try that proves nothing does not count, so a group asks for as many as it needs. */
export function* triesOf(group: SimulatedCase['group'], seed: number, most: number): Generator<SimulatedCase> {
  for (let n = 0; n < most; n += 1) {
    const found =
      group === 'single'
        ? singleCase(seed, n)
        : group === 'two'
          ? twoCase(seed, n)
          : group === 'none'
            ? noneCase(seed, n)
            : spoiltCase(seed, n, group === 'valid');
    if (found !== null) yield found;
  }
}
