import { Problem } from '@loadstair/kit';
import { learnerName } from '@loadstair/labs';
import type { Asker } from './asker.ts';

/** Who learns alone: no teacher, no name. */
export const SOLO = 'solo';

/**
 * Whose progress it is: who was named, the only one there is, or who says so.
 *
 * @param known learners that have begun something
 * @param asker null when nobody can be asked
 * @returns null when the learner leaves
 * @throws BadLearner, and Problem when it must be said and nobody can be asked
 */
export async function whoLearns(
  options: { readonly learner?: string; readonly solo: boolean },
  known: readonly string[],
  asker: Asker | null,
): Promise<string | null> {
  if (options.solo) return SOLO;
  if (options.learner !== undefined) return learnerName(options.learner);
  if (known.length === 1) return known[0] as string;
  if (asker === null) {
    if (known.length === 0) return SOLO;
    throw new Problem({
      what: 'Several people learn on this machine.',
      why: `there is progress of ${known.join(', ')}`,
      do: `./lab workshop --learner "${known[0] ?? ''}"`,
      code: 'E_WHO_LEARNS',
      exit: 2,
    });
  }
  const others = known.length === 0 ? '' : ` (so far: ${known.join(', ')})`;
  const typed = await asker.ask('learner', `Your name, to keep your progress apart${others}?  Enter: no name  > `);
  if (typed === null || typed.toLowerCase() === 'q') return null;
  return typed === '' ? SOLO : learnerName(typed);
}
