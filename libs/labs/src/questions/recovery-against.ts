import { failuresWithin } from '@loadstair/experiments';
import { choice, type Question } from '../question.ts';
import { resultOf } from '../seen.ts';
import { experimentOf } from './ran.ts';

const OPTIONS = [
  { value: 'longer', label: 'longer' },
  { value: 'same', label: 'about as long' },
  { value: 'shorter', label: 'shorter' },
] as const;
/** Which request comes last is chance: less than this is no difference. */
const APART = 1.5;

/** From a death until everything is answered again, against an earlier step in which the host died another way. */
export function recoveryAgainst(step: string): Question {
  return choice(OPTIONS, {
    about: 'Time to recover, compared with the earlier step',
    means: [
      'The time to recover is from the death of the host to the end of the last failed request; it is 0 when none failed.',
      `Two times that differ by less than a factor of ${APART} count as about as long.`,
    ],
    measure(seen) {
      const ran = experimentOf(seen);
      const before = seen.earlier(step);
      if (before?.kind !== 'experiment') return { notShown: 'The step it is compared with was skipped.' };
      const [now, then] = [ran, before].map((one) => resultOf(one, failuresWithin));
      const [recoverMs, beforeMs] = [now?.result.values['recoverMs'] ?? null, then?.result.values['recoverMs'] ?? null];
      if (now === null || now === undefined || recoverMs === null) return { notShown: 'The time was not measured in this run.' };
      if (beforeMs === null) return { notShown: 'The time was not measured in the earlier run.' };
      const word = recoverMs > beforeMs * APART ? 'longer' : recoverMs * APART < beforeMs ? 'shorter' : 'same';
      return {
        value: [word],
        words: `${Math.round(recoverMs)} ms against ${Math.round(beforeMs)} ms`,
        because: [now.result.measured, `the earlier run is ${before.id}`],
        place: {
          kind: 'run',
          run: ran.id,
          anchor: 'outcome',
          step: now.number,
          says: `the outcome: “${now.result.about}”, of this run and of the earlier one`,
        },
      };
    },
  });
}
