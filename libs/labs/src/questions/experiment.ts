import { percent } from '@loadstair/analysis';
import {
  capacityRatio,
  cheaperArrival,
  dialled as wasDialled,
  downBetween,
  failuresWithin,
  refuses,
  splitsCpu,
} from '@loadstair/experiments';
import { choice, range, reading, type Measured, type NotShown, type Question } from '../question.ts';
import { resultOf, type Seen } from '../seen.ts';
import { asRange, asReading, secondsOf, valueOf } from './measured.ts';
import { experimentOf } from './ran.ts';

const SPLIT = [
  'Programs of one host share its CPU budget; how much each used is read from outside, from its control group.',
  'Shares are of what was used, so they add up to 100 % however busy the host is.',
] as const;

/** Share of a host's used CPU that one component took, read off: `web`, `database`. */
export function cpuShareRead(component: string): Question {
  return reading('%', {
    about: `CPU share of the ${component}`,
    means: SPLIT,
    measure: (seen) => asReading(shareOf(seen, component), 100, 3),
  });
}

/** The same, guessed beforehand. */
export function cpuShareGuess(component: string): Question {
  return range('%', {
    about: `CPU share of the ${component}`,
    means: SPLIT,
    measure: (seen) => asRange(shareOf(seen, component), 100, 0.03),
  });
}

function shareOf(seen: Seen, component: string): Measured<number> | NotShown {
  const found = valueOf(seen, splitsCpu, `${component}Share`);
  return 'notShown' in found ? found : { ...found, words: percent(found.value) };
}

const RATIO = [
  'Capacity of a size is the load at which its web tier would be full, projected from a load well below it.',
  '×2 would mean that twice the CPU holds twice the load.',
] as const;

/** How much more one phase holds than another. */
export function ratioGuess(phase: string, to: string): Question {
  return range('×', {
    about: 'How much more it holds',
    means: RATIO,
    measure(seen) {
      const found = ratioOf(seen, phase, to, 'ratio');
      const low = ratioOf(seen, phase, to, 'ratioLow');
      const high = ratioOf(seen, phase, to, 'ratioHigh');
      if ('notShown' in found) return found;
      if ('notShown' in low) return low;
      if ('notShown' in high) return high;
      return { ...found, value: { at: found.value, interval: [low.value, high.value] } };
    },
  });
}

export function ratioRead(phase: string, to: string): Question {
  return reading('×', {
    about: 'How much more it holds',
    means: RATIO,
    measure: (seen) => asReading(ratioOf(seen, phase, to, 'ratio'), 1, 0.1),
  });
}

function ratioOf(seen: Seen, phase: string, to: string, name: 'ratio' | 'ratioLow' | 'ratioHigh'): Measured<number> | NotShown {
  return valueOf(seen, capacityRatio, name, (input) => input.phase === phase && input.to === to);
}

const COST = [
  'CPU time of the hosts of a tier, divided by the arrivals of a phase; the two ways take turns, and the median of the pairs counts.',
  '×0.5 would mean that one way takes half the CPU of the other.',
] as const;

/** CPU an arrival takes of a tier in phases of one kind, of what it takes in the other kind. */
export function costRatioGuess(phases: string): Question {
  return range('×', {
    about: 'CPU of an arrival',
    means: COST,
    measure: (seen) =>
      asRange(
        valueOf(seen, cheaperArrival, 'ratio', (input) => input.phases === phases),
        1,
        0.05,
      ),
  });
}

export function costRatioRead(phases: string): Question {
  return reading('×', {
    about: 'CPU of an arrival',
    means: COST,
    measure: (seen) =>
      asReading(
        valueOf(seen, cheaperArrival, 'ratio', (input) => input.phases === phases),
        1,
        0.02,
      ),
  });
}

/** What the lab answered to an action that goes too far. */
export function refusal(): Question {
  const options = [
    { value: 'done', label: 'it did it' },
    { value: 'refused', label: 'it refused' },
  ];
  return choice(options, {
    about: 'The last doubling',
    means: ['A host can only be as big as the biggest size there is.', 'Past it, the only way is more hosts.'],
    measure(seen) {
      const ran = experimentOf(seen);
      const found = resultOf(ran, refuses);
      if (found === null || found.result.holds === null) return { notShown: 'It was not asked for in this run.' };
      const { result, number } = found;
      return {
        value: [result.details.length > 0 ? 'refused' : 'done'],
        words: result.measured.replace(/\.$/, ''),
        because: result.details,
        place: { kind: 'run', run: ran.id, anchor: 'outcome', step: number, says: `the outcome: “${result.about}”` },
      };
    },
  });
}

/** How many requests fail while a host is dead. */
export function failingWhileDown(): Question {
  const options = [
    { value: 'none', label: 'none' },
    { value: 'some', label: 'some' },
    { value: 'all', label: 'all' },
  ];
  return choice(options, {
    about: 'Requests that fail while it is dead',
    means: [
      'A request fails when nobody answers it, when the answer is wrong, or when it takes too long.',
      'Some are answered only if another host can take them.',
    ],
    measure(seen) {
      const failed = valueOf(seen, downBetween, 'failed');
      const all = valueOf(seen, downBetween, 'requests');
      if ('notShown' in failed) return failed;
      if ('notShown' in all) return all;
      if (all.value === 0) return { notShown: 'No request was due while it was dead.' };
      const word = failed.value === 0 ? 'none' : failed.value === all.value ? 'all' : 'some';
      return { ...failed, value: [word], words: `${word}, ${failed.words}` };
    },
  });
}

/** Seconds from the death of a host until a fresh host stands in its place. */
export function downTime(): Question {
  return reading('s', {
    about: 'How long it was down',
    means: [
      'Down time lasts from the moment a host dies until the site answers again.',
      'With one host, that is how long somebody needs to put another in its place.',
    ],
    measure: (seen) => asReading(secondsOf(valueOf(seen, downBetween, 'downMs')), 1, 0.5),
  });
}

const RECOVERED = 'Recovered means: the last failed request has ended, and everything after it was answered.';
/** Who must notice that a server is dead: a balancer in front of it, or whoever asks it. */
const RECOVERY = {
  balancer: [
    'A balancer looks at its servers now and then; until it notices a dead one, it goes on sending some requests there.',
    RECOVERED,
  ],
  caller: [
    'Who asks a dead server notices by itself: it is refused, or waits for as long as its own limit says. Then it may ask another.',
    RECOVERED,
  ],
} as const;

/** Seconds from the death of a host to the end of the last failed request. */
export function recoveryGuess(noticedBy: keyof typeof RECOVERY): Question {
  return range('s', {
    about: 'Until everything is answered again',
    means: RECOVERY[noticedBy],
    measure: (seen) => asRange(recoveryOf(seen), 1, 0.25),
  });
}

/** Requests that failed because a host died. */
export function failedRequests(noticedBy: keyof typeof RECOVERY): Question {
  return reading('', {
    about: 'Failed requests',
    means: RECOVERY[noticedBy],
    measure: (seen) => asReading(valueOf(seen, failuresWithin, 'failed'), 1, 0),
  });
}

function recoveryOf(seen: Seen): Measured<number> | NotShown {
  return secondsOf(valueOf(seen, failuresWithin, 'recoverMs'));
}

/** What a client gets that dials the public edge, or a private address. */
export function dialled(to: 'public' | 'private'): Question {
  const options = [
    { value: 'connected', label: 'an answer' },
    { value: 'refused', label: 'no connection' },
  ];
  return choice(options, {
    about: to === 'private' ? 'Straight to a web server' : 'To the public address',
    means: [
      'Every host has a private address; only some have a public one too.',
      'Who may connect where is decided by the network, not by the site.',
    ],
    measure(seen) {
      const ran = experimentOf(seen);
      const found = resultOf(ran, wasDialled, (input) => input.to === to);
      if (found === null) return { notShown: 'This experiment dials nobody.' };
      const { result, number, input: asked } = found;
      const { right = null, of = null } = result.values;
      const other = asked.answer === 'refused' ? 'connected' : 'refused';
      const answer = right === of ? asked.answer : right === 0 ? other : null;
      if (right === null || answer === null) return { notShown: `${result.about}: ${result.measured}.` };
      return {
        value: [answer],
        words: result.measured,
        because: result.details,
        place: { kind: 'run', run: ran.id, anchor: 'outcome', step: number, says: `the outcome: “${result.about}”` },
      };
    },
  });
}
