import { percent, rate } from '@loadstair/analysis';
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
import { asRange, asReading, secondsOf, valueOf, worded } from './measured.ts';
import { experimentOf } from './ran.ts';

const SPLIT = [
  'The programs on one host share its CPU budget; the kernel counts how much each program used.',
  'Shares are of the CPU that was used, so they add up to 100 % however busy the host is.',
] as const;

/**
 * Share of a host's used CPU that one component took, read off.
 *
 * @param component as the experiment names it: `web`, `database`
 * @param name what people call it
 */
export function cpuShareRead(component: string, name = component): Question {
  return reading('%', {
    about: `CPU share of the ${name}`,
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
  return worded(valueOf(seen, splitsCpu, `${component}Share`), percent);
}

/** Arrivals per second that the site got while its CPU was read. */
export function loadOfSplitRead(): Question {
  return reading('/s', {
    about: 'Load of this run',
    means: [
      'Load is arrivals per second; an arrival is one user who starts something, however many requests that takes.',
      'Here the load is half of what the lab expects the site to take.',
    ],
    measure: (seen) =>
      asReading(
        worded(valueOf(seen, splitsCpu, 'arrivalsPerS'), (load) => `${rate(load)}/s`),
        1,
        0.5,
      ),
  });
}

const RATIO = [
  'The capacity of a web tier is the load at which it would be full, projected from a load well below that.',
  '×2 would mean that it can take twice the load.',
] as const;

/** How much more one phase holds than another. */
export function ratioGuess(phase: string, to: string): Question {
  return range('×', {
    about: 'Ratio of the two capacities',
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
    about: 'Ratio of the two capacities',
    means: RATIO,
    measure: (seen) => asReading(ratioOf(seen, phase, to, 'ratio'), 1, 0.1),
  });
}

function ratioOf(seen: Seen, phase: string, to: string, name: 'ratio' | 'ratioLow' | 'ratioHigh'): Measured<number> | NotShown {
  return valueOf(seen, capacityRatio, name, (input) => input.phase === phase && input.to === to);
}

const COST = [
  'CPU time of the hosts of a tier, divided by the arrivals of a phase. The two ways take turns; the result is the median over all pairs.',
  '×0.5 would mean that the first way takes half the CPU of the second.',
] as const;

/** CPU of a tier per arrival in phases of one kind ÷ that in phases of the other. */
export function costRatioGuess(phases: string): Question {
  return range('×', {
    about: 'CPU per arrival',
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
    about: 'CPU per arrival',
    means: COST,
    measure: (seen) =>
      asReading(
        valueOf(seen, cheaperArrival, 'ratio', (input) => input.phases === phases),
        1,
        0.02,
      ),
  });
}

/** What the lab did when it was asked for more than there is. */
export function refusal(): Question {
  const options = [
    { value: 'done', label: 'it doubled the host' },
    { value: 'refused', label: 'it refused' },
  ];
  return choice(options, {
    about: 'The last doubling',
    means: ['The lab has a biggest size of host.', 'Past that size, the only way to more CPU is more hosts.'],
    measure(seen) {
      const ran = experimentOf(seen);
      const found = resultOf(ran, refuses);
      if (found === null || found.result.holds === null) return { notShown: 'The doubling was not attempted.' };
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
    about: 'Requests that fail while the host is dead',
    means: [
      'A request fails when no answer comes, when the answer is wrong, or when it takes too long.',
      'Requests are answered meanwhile only if another host can take them.',
    ],
    measure(seen) {
      const failed = valueOf(seen, downBetween, 'failed');
      const all = valueOf(seen, downBetween, 'requests');
      if ('notShown' in failed) return failed;
      if ('notShown' in all) return all;
      if (all.value === 0) return { notShown: 'No request was due while the host was dead.' };
      const word = failed.value === 0 ? 'none' : failed.value === all.value ? 'all' : 'some';
      return { ...failed, value: [word], words: `${word}, ${failed.words}` };
    },
  });
}

/** Seconds from the death of a host until a fresh host stands in its place. */
export function downTime(): Question {
  return reading('s', {
    about: 'Down time',
    means: [
      'Down time lasts from the death of the host until the site answers again.',
      'With one host, it lasts until somebody has put another host in its place.',
    ],
    measure: (seen) => asReading(secondsOf(valueOf(seen, downBetween, 'downMs')), 1, 0.5),
  });
}

const RECOVERED = 'The site has recovered when the last failed request has ended and every later one is answered.';
/** What must notice that a server is dead: a balancer in front of it, or the program that calls it. */
const RECOVERY = {
  balancer: [
    'A balancer checks its servers at intervals; until its checks of a dead server have failed, it keeps sending requests there.',
    RECOVERED,
  ],
  caller: [
    'A program that calls a dead server notices by itself: its connection is refused, or its own timeout ends. Then it may call another server.',
    RECOVERED,
  ],
} as const;

/** Seconds from the death of a host to the end of the last failed request. */
export function recoveryGuess(noticedBy: keyof typeof RECOVERY): Question {
  return range('s', {
    about: 'Time to recover',
    means: RECOVERY[noticedBy],
    draws: 'seconds',
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

/** What a client gets that connects to the public address, or to a private one. */
export function dialled(to: 'public' | 'private'): Question {
  const options = [
    { value: 'connected', label: 'an answer' },
    { value: 'refused', label: 'no connection' },
  ];
  return choice(options, {
    about: to === 'private' ? 'Connecting to a private address' : 'Connecting to the public address',
    means: [
      'Every host has a private address; only some have a public address as well.',
      'The network decides which addresses a client can reach, not the site.',
    ],
    measure(seen) {
      const ran = experimentOf(seen);
      const found = resultOf(ran, wasDialled, (input) => input.to === to);
      if (found === null) return { notShown: 'This experiment opens no connection.' };
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
