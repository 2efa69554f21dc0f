import { rateWithInterval } from '@loadstair/analysis';
import { choice, type Question } from '../question.ts';
import { loadOf, namedIn } from './ran.ts';

const OPTIONS = [
  { value: 'higher', label: 'higher' },
  { value: 'same', label: 'no difference' },
  { value: 'lower', label: 'lower' },
] as const;

/** Where the limit lies against an earlier step's run: different only when the two intervals are apart. */
export function limitAgainst(step: string): Question {
  return choice(OPTIONS, {
    about: 'Limit compared with the earlier step',
    means: [
      'A limit is measured with an interval, because the same site measured twice gives two different numbers.',
      'Where the two intervals overlap, one run each cannot show a difference.',
    ],
    measure(seen) {
      const ran = loadOf(seen);
      const before = seen.earlier(step);
      if (before?.kind !== 'run') return { notShown: 'The step it is compared with was skipped.' };
      const [now, then] = [namedIn(ran), namedIn(before)];
      if ('notShown' in now) return now;
      if ('notShown' in then) return { notShown: `In the earlier step: ${then.notShown}` };
      const word = now.interval[0] > then.interval[1] ? 'higher' : now.interval[1] < then.interval[0] ? 'lower' : 'same';
      const both = `${rateWithInterval(now.load, now.interval)} against ${rateWithInterval(then.load, then.interval)}`;
      return {
        value: [word],
        words: `${word === 'same' ? 'no difference' : word}, ${both}`,
        because: [word === 'same' ? 'the two intervals overlap' : 'the two intervals do not overlap', `the earlier run is ${before.id}`],
        place: {
          kind: 'run',
          run: ran.id,
          anchor: 'keeps-up',
          step: null,
          says: 'the first line of the verdict, of this run and of the earlier one',
        },
      };
    },
  });
}
