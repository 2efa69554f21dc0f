import { percent } from '@loadstair/analysis';
import { databaseLoad, databaseSpike, hitRatio, moreHits, moreStale, slowerWrites, staleReads } from '@loadstair/experiments';
import { choice, range, reading, type Measured, type NotShown, type Question } from '../question.ts';
import type { Seen } from '../seen.ts';
import { asRange, asReading, ofPhase, valueOf, worded } from './measured.ts';

const LOOKUP = [
  'A lookup is one request of a web server for one entry; it is a hit when the cache has the entry.',
  'On a miss the web server reads the database, and then stores the entry in the cache.',
] as const;

/** Share of lookups that a cache answered in one phase, guessed beforehand. */
export function hitRatioGuess(phase: string): Question {
  return range('%', { about: 'Hit ratio', means: LOOKUP, measure: (seen) => asRange(hitsIn(seen, phase), 100, 0.03) });
}

export function hitRatioRead(phase: string): Question {
  return reading('%', { about: 'Hit ratio', means: LOOKUP, measure: (seen) => asReading(hitsIn(seen, phase), 100, 0.5) });
}

/** As its own expectation has it, or one that compares it with another phase. */
function hitsIn(seen: Seen, phase: string): Measured<number> | NotShown {
  const alone = worded(ofPhase(seen, hitRatio, phase, 'hitRatio'), percent);
  return 'notShown' in alone ? ofPhase(seen, moreHits, phase, 'hitRatio') : alone;
}

/**
 * Which of several phases has the highest hit ratio.
 *
 * @param phases names of phases, each with its label; the first is compared with every other by an expectation of the experiment
 */
export function mostHits(phases: Readonly<Record<string, string>>): Question {
  const [first = '', ...others] = Object.keys(phases);
  const options = Object.entries(phases).map(([value, label]) => ({ value, label }));
  return choice(options, {
    about: 'Highest hit ratio',
    means: LOOKUP,
    measure(seen) {
      const own = hitsIn(seen, first);
      if ('notShown' in own) return own;
      const ratios = new Map([[first, own.value]]);
      for (const other of others) {
        const found = valueOf(seen, moreHits, 'otherHitRatio', (input) => input.phase === first && input.than === other);
        if ('notShown' in found) return found;
        ratios.set(other, found.value);
      }
      const highest = Math.max(...ratios.values());
      const words = [...ratios].map(([phase, ratio]) => `${phases[phase] ?? phase} ${Math.round(100 * ratio)} %`).join(', ');
      return { ...own, value: [...ratios].filter(([, ratio]) => ratio === highest).map(([phase]) => phase), words };
    },
  });
}

const DATABASE = ['CPU time of all database hosts, divided by the arrivals of the phase.', '×0.5 would mean half as much.'] as const;

/** Database CPU per arrival in one phase ÷ that in another. */
export function databaseShareRead(phase: string): Question {
  return reading('×', {
    about: 'Database CPU per arrival',
    means: DATABASE,
    measure: (seen) => asReading(ofPhase(seen, databaseLoad, phase, 'ratio'), 1, 0.02),
  });
}

const SPIKE = [
  'CPU time per second of all database hosts in the 3 s after the event, divided by that of the phase before.',
  '×2 would mean that the databases did twice the work in those seconds.',
] as const;

/** Database CPU just after an event ÷ that of the phase before, guessed beforehand. */
export function databaseSpikeGuess(phase: string): Question {
  return range('×', {
    about: 'Database CPU just after',
    means: SPIKE,
    measure: (seen) => asRange(ofPhase(seen, databaseSpike, phase, 'ratio'), 1, 0.5),
  });
}

export function databaseSpikeRead(phase: string): Question {
  return reading('×', {
    about: 'Database CPU just after',
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
  'The load generator remembers what each user wrote, and looks for it in what that user reads next.',
  'An answer without it is stale: it did not fail, it is out of date.',
] as const;

/** Answers without what their reader had just written. */
export function staleRead(phase: string): Question {
  return reading('', {
    about: 'Stale answers',
    means: STALE,
    measure: (seen) => asReading(ofPhase(seen, staleReads, phase, 'stale'), 1, 0),
  });
}

/** Database CPU per arrival in one phase ÷ that in another, guessed beforehand. */
export function databaseShareGuess(phase: string): Question {
  return range('×', {
    about: 'Database CPU per arrival',
    means: DATABASE,
    measure: (seen) => asRange(ofPhase(seen, databaseLoad, phase, 'ratio'), 1, 0.02),
  });
}

/** Share of the answers of a phase that were stale, where it is compared with another phase. */
export function staleShareRead(phase: string): Question {
  return reading('%', {
    about: 'Stale answers',
    means: STALE,
    measure: (seen) => asReading(ofPhase(seen, moreStale, phase, 'share'), 100, 0.5),
  });
}

/** Median time of a write in one phase, ms. */
export function writeTimeRead(phase: string): Question {
  return reading('ms', {
    about: 'Median time of a write',
    means: [
      'The time of a write runs from the request of a user until the site has answered.',
      'Half of the writes took longer than the median.',
    ],
    measure: (seen) => asReading(ofPhase(seen, slowerWrites, phase, 'ms'), 1, 0.5),
  });
}
