import { databaseCapacity, siteCapacity } from '@loadstair/experiments';
import { range, reading, type Question } from '../question.ts';
import { asRange, asReading, ofPhase } from './measured.ts';

const SITE = [
  'The site is full at the load at which its first host would be full, whichever tier that host belongs to.',
  '×1 would mean that it can take as much load as before, ×2 twice as much.',
] as const;

/** The load at which the site would be full in one phase ÷ that in another, guessed beforehand. */
export function siteCapacityGuess(phase: string): Question {
  return range('×', {
    about: 'Load that fills the site, compared with before',
    means: SITE,
    measure(seen) {
      const found = ofPhase(seen, siteCapacity, phase, 'ratio');
      if ('notShown' in found) return found;
      const { ratioLow, ratioHigh } = found.result.values;
      return { ...found, value: { at: found.value, interval: [ratioLow ?? found.value, ratioHigh ?? found.value] } };
    },
  });
}

export function siteCapacityRead(phase: string): Question {
  return reading('×', {
    about: 'Load that fills the site, compared with before',
    means: SITE,
    measure: (seen) => asReading(ofPhase(seen, siteCapacity, phase, 'ratio'), 1, 0.05),
  });
}

/** The load at which the first database host would be full in one phase ÷ that in another, guessed beforehand. */
export function databaseCapacityGuess(phase: string): Question {
  return range('×', {
    about: 'Load that fills the first database host, compared with before',
    means: [
      'The database tier is full at the load at which the first of its hosts would be full.',
      '×2 would mean that the databases can take twice the load.',
    ],
    measure: (seen) => asRange(ofPhase(seen, databaseCapacity, phase, 'ratio'), 1, 0.1),
  });
}
