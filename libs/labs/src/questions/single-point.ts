import { nothingAnswered, wholeAgain } from '@loadstair/experiments';
import { choice, reading, type Question } from '../question.ts';
import { asReading, secondsOf, valueOf } from './measured.ts';

const OPTIONS = [
  { value: 'all', label: 'all requests' },
  { value: 'some', label: 'some requests' },
  { value: 'none', label: 'no request' },
] as const;

/** Which requests are answered while a host that has no peer is without power. */
export function answeredMeanwhile(): Question {
  return choice(OPTIONS, {
    about: 'Requests answered meanwhile',
    means: [
      'A host without a peer is a single point of failure when every request needs it.',
      'Answers that were on their way when the power was lost do not count.',
    ],
    measure(seen) {
      const right = valueOf(seen, nothingAnswered, 'right');
      const all = valueOf(seen, nothingAnswered, 'requests');
      if ('notShown' in right) return right;
      if ('notShown' in all) return all;
      return { ...right, value: [right.value === 0 ? 'none' : right.value < all.value ? 'some' : 'all'] };
    },
  });
}

/** Seconds from the beginning of a repair until the first right answer. */
export function firstAnswerRead(): Question {
  return reading('s', {
    about: 'Time from the repair to the first right answer',
    means: [
      'A host whose power is back starts its programs first.',
      'Its peers check it at intervals, and use it again after a check that succeeds.',
    ],
    measure: (seen) => asReading(secondsOf(valueOf(seen, wholeAgain, 'firstMs')), 1, 0.1),
  });
}
