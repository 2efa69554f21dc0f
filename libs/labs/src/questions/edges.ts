import { fellBack, moreEdgeHits, siteBytes, trafficPrice } from '@loadstair/experiments';
import { range, reading, type Question } from '../question.ts';
import { asRange, asReading, ofPhase } from './measured.ts';

/** Share of the files that an edge had in one phase, guessed beforehand. */
export function edgeHitsGuess(phase: string): Question {
  return range('%', {
    about: 'Hits of the edges',
    means: [
      'A hit is a file that the edge had when a user asked for it; anything else it fetched from the site first.',
      'Of all files that users fetched at edges, in both regions.',
    ],
    measure: (seen) => asRange(ofPhase(seen, moreEdgeHits, phase, 'hitRatio'), 100, 0.03),
  });
}

/** Share of all files that users fetched from the site because their edge was dead, guessed beforehand. */
export function fallbacksGuess(phase: string): Question {
  return range('%', {
    about: 'Files fetched from the site instead',
    means: FALLBACK,
    measure: (seen) => asRange(ofPhase(seen, fellBack, phase, 'share'), 100, 0.03),
  });
}

const FALLBACK = [
  'A browser that gets no answer from an edge within a second asks the site for the same path.',
  'k6 does the same, and counts it; what was waited in vain is part of the latency.',
] as const;

/** Files that users fetched from the site because their edge was dead. */
export function fallbacksRead(phase: string): Question {
  return reading('', {
    about: 'Files fetched from the site instead',
    means: FALLBACK,
    measure: (seen) => asReading(ofPhase(seen, fellBack, phase, 'fallbacks'), 1, 0),
  });
}

/** Bytes the site itself sends for an arrival in one phase, of those in another. */
export function siteBytesRead(phase: string): Question {
  return reading('×', {
    about: 'Bytes the site still sends for an arrival',
    means: ['What the balancer sent, to users and to edges, divided by the arrivals of the phase.', '×0.5 would be half of it.'],
    measure: (seen) => asReading(ofPhase(seen, siteBytes, phase, 'ratio'), 1, 0.02),
  });
}

/** What an arrival's traffic costs in one phase, of what it costs in another. */
export function trafficPriceRead(phase: string): Question {
  return reading('×', {
    about: 'Price of an arrival’s traffic',
    means: [
      'What edges send and what the site itself sends, each by its price a GiB (libs/stages/prices.json).',
      '×0.9 would be a tenth less.',
    ],
    measure: (seen) => asReading(ofPhase(seen, trafficPrice, phase, 'ratio'), 1, 0.02),
  });
}
