import { spreadsEvenly } from '@loadstair/experiments';
import { range, reading, type Measured, type NotShown, type Question } from '../question.ts';
import type { Seen } from '../seen.ts';
import { asRange, asReading, ofPhase } from './measured.ts';

const MEANS = [
  'The balancer, or the web server that sends the requests, counts what it sends to each server.',
  'The even share of a server is the sum of these counts divided by the number of live servers.',
] as const;

/** Share of the requests of one phase that a server got, guessed beforehand. */
export function shareOfServerGuess(phase: string, host: string): Question {
  return range('%', {
    about: `Share of the requests that ${host} gets`,
    means: MEANS,
    measure: (seen) => asRange(shareOf(seen, phase, host), 100, 0.01),
  });
}

/** How far the server that is furthest from its even share in one phase is off. */
export function furthestFromEvenRead(phase: string): Question {
  return reading('%', {
    about: 'Furthest from an even share',
    means: MEANS,
    measure: (seen) => asReading(ofPhase(seen, spreadsEvenly, phase, 'furthest'), 100, 0.5),
  });
}

function shareOf(seen: Seen, phase: string, host: string): Measured<number> | NotShown {
  const found = ofPhase(seen, spreadsEvenly, phase, host);
  if ('notShown' in found) return found;
  const counts = Object.entries(found.result.values).filter(([name]) => name !== 'furthest');
  const total = counts.reduce((sum, [, requests]) => sum + (requests ?? 0), 0);
  const share = found.value / total;
  return { ...found, value: share, words: `${(100 * share).toFixed(1)} %` };
}
