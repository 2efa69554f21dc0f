import { longestWait } from '@loadstair/experiments';
import { choice, type Question } from '../question.ts';
import { resultOf } from '../seen.ts';
import { experimentOf } from './ran.ts';

const OPTIONS = [
  { value: 'longer', label: 'longer' },
  { value: 'same', label: 'about as long' },
  { value: 'shorter', label: 'shorter' },
] as const;
/** Two single requests differ by chance: less than this is no difference. */
const APART = 1.5;

/** How long the slowest request took around a death, against an earlier step in which the host died another way. */
export function waitAgainst(step: string): Question {
  return choice(OPTIONS, {
    about: 'The slowest request, against before',
    means: [
      'It is the slowest of those that were on their way when the host died, or were sent just after.',
      `Less than a factor of ${APART} between the two is about as long.`,
    ],
    measure(seen) {
      const ran = experimentOf(seen);
      const before = seen.earlier(step);
      if (before?.kind !== 'experiment') return { notShown: 'The step it is held against was skipped.' };
      const [now, then] = [ran, before].map((one) => resultOf(one, longestWait));
      const [waitMs, beforeMs] = [now?.result.values['waitMs'] ?? null, then?.result.values['waitMs'] ?? null];
      if (now === null || now === undefined || waitMs === null) return { notShown: 'Nobody’s wait was measured in this run.' };
      if (beforeMs === null) return { notShown: 'Nobody’s wait was measured in the run before.' };
      const word = waitMs > beforeMs * APART ? 'longer' : waitMs * APART < beforeMs ? 'shorter' : 'same';
      return {
        value: [word],
        words: `${Math.round(waitMs)} ms against ${Math.round(beforeMs)} ms`,
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
