import { lostWrites as losesWrites, predictedLosses, writesResume } from '@loadstair/experiments';
import { range, reading, type Question } from '../question.ts';
import { asRange, asReading, secondsOf, valueOf, worded } from './measured.ts';

/** Seconds from the death of a primary until a write is answered again. */
export function withoutWrites(): Question {
  return range('s', {
    about: 'Time without writes',
    means: [
      'Only the primary takes writes; they fail from its death until a replica is promoted and every web server knows it.',
      'Here the failover begins at once; in production, somebody or something must first notice the death.',
    ],
    measure: (seen) => asRange(secondsOf(valueOf(seen, writesResume, 'withoutMs')), 1, 0.25),
  });
}

/** Acknowledged writes that are gone with the primary. */
export function lostWrites(): Question {
  return reading('', {
    about: 'Acknowledged writes lost',
    means: [
      'A write is acknowledged when the site has answered that it is stored; the load generator notes each of them.',
      'A write is lost when the new primary does not have it, because no replica had received it when the old primary died.',
    ],
    measure: (seen) => asReading(valueOf(seen, losesWrites, 'lost'), 1, 0),
  });
}

/** How far the least late replica was behind when the losses were predicted. */
export function lagBeforeDeath(): Question {
  return reading('s', {
    about: 'Replica lag before the death',
    means: [
      'The lag is the age of the newest commit that a replica has; later commits are on the primary alone.',
      'The replica that has received most is promoted, so its lag counts.',
    ],
    measure: (seen) =>
      asReading(
        worded(valueOf(seen, predictedLosses, 'lagS'), (lagS) => `${lagS.toFixed(1)} s`),
        1,
        0.1,
      ),
  });
}
