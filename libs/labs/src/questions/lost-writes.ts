import { lostWrites as losesWrites, predictedLosses, writesResume } from '@loadstair/experiments';
import { range, reading, type Question } from '../question.ts';
import { asRange, asReading, secondsOf, valueOf } from './measured.ts';

/** Seconds from the death of a primary until a write is answered again. */
export function withoutWrites(): Question {
  return range('s', {
    about: 'Without writes',
    means: [
      'Only the primary takes writes; from its death until a replica is promoted and everybody knows, they fail.',
      'Here the failover begins at once: how long people need to notice comes on top.',
    ],
    measure: (seen) => asRange(secondsOf(valueOf(seen, writesResume, 'withoutMs')), 1, 0.25),
  });
}

/** Rows the site had promised that are gone with the primary. */
export function lostWrites(): Question {
  return reading('', {
    about: 'Acknowledged writes lost',
    means: [
      'A write is acknowledged when the site has answered that it is kept; the load generator notes each of them.',
      'Lost is what the new primary does not have, because no replica had received it when the old one died.',
    ],
    measure: (seen) => asReading(valueOf(seen, losesWrites, 'lost'), 1, 0),
  });
}

/** How far the least late replica was behind when the losses were predicted. */
export function lagBeforeDeath(): Question {
  return reading('s', {
    about: 'Lag before the death',
    means: [
      'The lag is the age of the newest commit that a replica has: what was committed since is on the primary alone.',
      'The replica that is promoted is the one that has most, so its lag counts.',
    ],
    measure: (seen) => asReading(valueOf(seen, predictedLosses, 'lagS'), 1, 0.1),
  });
}
