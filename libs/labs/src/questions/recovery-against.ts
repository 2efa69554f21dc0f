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
    about: 'Until everything is answered again, against before',
    means: [
      'The time is from the death of the host to the end of the last request that failed; it is 0 when none failed.',
      `Less than a factor of ${APART} between the two is about as long.`,
    ],
    measure(seen) {
      const ran = experimentOf(seen);
      const before = seen.earlier(step);
      if (before?.kind !== 'experiment') return { notShown: 'The step it is held against was skipped.' };
      const [now, then] = [ran, before].map((one) => resultOf(one, failuresWithin));
      const [recoverMs, beforeMs] = [now?.result.values['recoverMs'] ?? null, then?.result.values['recoverMs'] ?? null];
      if (now === null || now === undefined || recoverMs === null) return { notShown: 'The time was not measured in this run.' };
      if (beforeMs === null) return { notShown: 'The time was not measured in the run before.' };
      const word = recoverMs > beforeMs * APART ? 'longer' : recoverMs * APART < beforeMs ? 'shorter' : 'same';
      return {
        value: [word],
        words: `${Math.round(recoverMs)} ms against ${Math.round(beforeMs)} ms`,
        because: [now.result.measured, `the run before is ${before.id}`],
        place: {
          kind: 'run',
          run: ran.id,
          anchor: 'outcome',
          step: now.number,
          says: `the outcome: “${now.result.about}”, of this run and of the one before`,
        },
      };
    },
  });
}
