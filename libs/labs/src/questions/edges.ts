import { edgesAnswer, fellBack, moreEdgeHits, siteBytes, soonerFiles, trafficPrice } from '@loadstair/experiments';
import { choice, range, reading, type Question } from '../question.ts';
import { asRange, asReading, ofPhase, valueOf } from './measured.ts';

/** Share of the files that edges had in one phase, guessed beforehand. */
export function edgeHitsGuess(phase: string): Question {
  return range('%', {
    about: 'Hit ratio of the edges',
    means: [
      'A request for a file is a hit when the edge has the file; on a miss the edge fetches it from the site first.',
      'The hit ratio counts all files that users fetched from edges, in both regions.',
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
  'The load generator does the same and counts it; the time it waited for the edge is part of the latency.',
] as const;

/** Files that users fetched from the site because their edge was dead. */
export function fallbacksRead(phase: string): Question {
  return reading('', {
    about: 'Files fetched from the site instead',
    means: FALLBACK,
    measure: (seen) => asReading(ofPhase(seen, fellBack, phase, 'fallbacks'), 1, 0),
  });
}

const BYTES = [
  'Bytes that the balancer sent to users and to edges, divided by the arrivals of the phase.',
  '×0.5 would mean half as many.',
] as const;

/** Bytes that the site itself sends per arrival in one phase ÷ those in another. */
export function siteBytesRead(phase: string): Question {
  return reading('×', {
    about: 'Bytes sent by the site per arrival',
    means: BYTES,
    measure: (seen) => asReading(ofPhase(seen, siteBytes, phase, 'ratio'), 1, 0.02),
  });
}

/** The same, guessed beforehand. */
export function siteBytesGuess(phase: string): Question {
  return range('×', {
    about: 'Bytes sent by the site per arrival',
    means: BYTES,
    measure: (seen) => asRange(ofPhase(seen, siteBytes, phase, 'ratio'), 1, 0.02),
  });
}

/** Price of the traffic per arrival in one phase ÷ that in another. */
export function trafficPriceRead(phase: string): Question {
  return reading('×', {
    about: 'Price of the traffic per arrival',
    means: [
      'Bytes that edges send and bytes that the site sends, each multiplied by its price per GiB (libs/stages/prices.json).',
      '×0.9 would mean 10 % cheaper.',
    ],
    measure: (seen) => asReading(ofPhase(seen, trafficPrice, phase, 'ratio'), 1, 0.02),
  });
}

/** Median time in which files reach users of a region in one phase, guessed beforehand. */
export function fileTimeGuess(region: string, phase: string): Question {
  return range('ms', {
    about: `Median time of a file in the ${region}`,
    means: [
      'The time of a file runs from the request of a user until the last byte of the file has arrived.',
      'Half of the files arrive sooner than the median, half later.',
    ],
    measure: (seen) =>
      asRange(
        valueOf(seen, soonerFiles, 'ms', (input) => input.region === region && input.phase === phase),
        1,
        0.5,
      ),
  });
}

const FROM = [
  { value: 'hit', label: 'the edge has the file' },
  { value: 'miss', label: 'the edge fetches the file from the site' },
] as const;

/**
 * Where an edge took its answer from.
 *
 * @param asking which series of requests, counted from 1
 * @param request which request of that series, counted from 1
 */
export function edgeAnswered(asking: number, request: number): Question {
  return choice(FROM, {
    about: `Answer to request ${request}`,
    means: [
      'An edge says in a header of each answer whether it had the file.',
      'To an edge, two addresses are two files, even when they differ in only one character.',
    ],
    measure(seen) {
      const found = valueOf(seen, edgesAnswer, 'edges', (input) => input.asking === asking);
      if ('notShown' in found) return found;
      const answers = found.result.measured.split('; ').map((edge) => edge.split(', then ')[request - 1]);
      const [first = '', ...more] = new Set(answers);
      if (more.length > 0 || first === '') return { notShown: `The edges differ: ${found.result.measured}.` };
      return { ...found, value: [first] };
    },
  });
}
