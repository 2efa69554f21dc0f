import { databaseLoad, databaseSpike, hitRatio, staleReads } from '@loadstair/experiments';
import { range, reading, type Question } from '../question.ts';
import { asRange, asReading, ofPhase } from './measured.ts';

/** Share of lookups that a cache answered in one phase, guessed beforehand. */
export function hitRatioGuess(phase: string): Question {
  return range('%', {
    about: 'Hit ratio',
    means: [
      'A lookup is one question of a web server for one entry; a hit is an answer that has it.',
      'What is missed is read from the database, and then kept.',
    ],
    measure: (seen) => asRange(ofPhase(seen, hitRatio, phase, 'hitRatio'), 100, 0.03),
  });
}

/** What an arrival costs the databases in one phase, of what it costs in another. */
export function databaseShareRead(phase: string): Question {
  return reading('×', {
    about: 'Database CPU of an arrival',
    means: ['CPU time of all database hosts, divided by the arrivals of the phase.', '×0.5 would be half of it.'],
    measure: (seen) => asReading(ofPhase(seen, databaseLoad, phase, 'ratio'), 1, 0.02),
  });
}

const SPIKE = [
  'CPU a second of all database hosts in the 3 s after it happened, divided by that of the phase before.',
  '×2 would mean that for those seconds the databases had twice the work.',
] as const;

/** How many times their earlier load the databases had at once in a phase, guessed beforehand. */
export function databaseSpikeGuess(phase: string): Question {
  return range('×', {
    about: 'Database load at once',
    means: SPIKE,
    measure: (seen) => asRange(ofPhase(seen, databaseSpike, phase, 'ratio'), 1, 0.5),
  });
}

export function databaseSpikeRead(phase: string): Question {
  return reading('×', {
    about: 'Database load at once',
    means: SPIKE,
    measure: (seen) => asReading(ofPhase(seen, databaseSpike, phase, 'ratio'), 1, 0.1),
  });
}

/** Share of the answers of a phase that were stale, guessed beforehand. */
export function staleGuess(phase: string): Question {
  return range('%', {
    about: 'Stale answers',
    means: STALE,
    measure: (seen) => asRange(ofPhase(seen, staleReads, phase, 'share'), 100, 0.01),
  });
}

const STALE = [
  'The load generator knows what it has written, and looks for it in what it reads next.',
  'An answer without it is stale: not wrong in form, and not failed.',
] as const;

/** Answers without what their reader had just written. */
export function staleRead(phase: string): Question {
  return reading('', {
    about: 'Stale answers',
    means: STALE,
    measure: (seen) => asReading(ofPhase(seen, staleReads, phase, 'stale'), 1, 0),
  });
}
