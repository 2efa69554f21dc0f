import { isHeldOut } from '@loadstair/kit';
import type { CaseCounts } from '../cases/generate.ts';
import { triesOf } from '../cases/generate.ts';
import type { SimulatedCase } from '../cases/case.ts';
import { judge, type Judged } from './judge.ts';

export interface Progress {
  readonly judged: Judged;
  /** Of the third that nobody looks at while rules are made. */
  readonly heldOut: boolean;
  readonly done: number;
  readonly of: number;
}

/** Tries of which one must count; more would mean that the generator, not chance, is at fault. */
const TRIES_EACH = 4;

/** Simulates and judges the cases of a seed, one at a time, so that a caller can show progress and stop. */
export function* runCases(seed: number, counts: CaseCounts): Generator<Progress> {
  const groups: readonly (readonly [SimulatedCase['group'], number])[] = [
    ['single', counts.single],
    ['two', counts.two],
    ['none', counts.none],
    ['invalid', counts.invalid],
    ['valid', counts.invalid],
  ];
  const of = groups.reduce((sum, [, count]) => sum + count, 0);
  let done = 0;
  for (const [group, count] of groups) {
    let found = 0;
    for (const one of triesOf(group, seed, count * TRIES_EACH)) {
      if (found === count) break;
      const judged = judge(one);
      if (judged === null) continue;
      found += 1;
      done += 1;
      yield { judged, heldOut: isHeldOut(`${seed}/${judged.id}`), done, of };
    }
  }
}
