import type { ResourceKind } from '@loadstair/resources';
import { rate, rateWithInterval, resourceName, stepSummaries, type Named, type NamedResource } from '@loadstair/analysis';
import type { Topology } from '@loadstair/topology';
import { choice, range, reading, type Measured, type NotShown, type Place, type Question } from '../question.ts';
import type { Option } from '../answer.ts';
import type { RanLoad } from '../seen.ts';
import { NOTHING, resourceOptions, tierOptions } from './options.ts';
import { loadOf, namedIn, nothingUpTo } from './ran.ts';

const RUNS_OUT = [
  'A resource runs out when it is as busy as its limit allows. More work then has to wait.',
  'The first resource to run out limits the whole site, however free the others are.',
] as const;
const LOAD = [
  'Load is arrivals per second; an arrival is one user who starts something, however many requests that takes.',
  'The limit is the load at which the site begins to miss its SLO: 95 % of requests within 250 ms, at most 1 % failed.',
] as const;

/** Which tier runs out first, or nothing. */
export function limitingTier(topology: Topology): Question {
  return { ...firstToRunOut('First to run out', tierOptions(topology), ({ tier }) => tier), draws: 'tier' };
}

/** Which resource of that tier. */
export function limitingResource(kinds: readonly ResourceKind[]): Question {
  return firstToRunOut('What runs out', resourceOptions(kinds), ({ resource }) => resource);
}

function firstToRunOut(about: string, options: readonly Option[], pick: (named: NamedResource) => string): Question {
  const question = choice([...options, NOTHING], {
    about,
    means: RUNS_OUT,
    measure(seen) {
      const ran = loadOf(seen);
      return nothingRanOut(ran) ?? fromNamed(ran, (named) => [named, ...named.with].map(pick));
    },
  });
  return {
    ...question,
    judge(answer, seen) {
      const { verdict } = loadOf(seen);
      const named = answer.kind === 'choice' && answer.value !== NOTHING.value;
      // It may well be the first to run out, at a load this run did not reach.
      if (verdict.kind === 'none-in-range' && named) return { outcome: 'not-shown', why: nothingUpTo(verdict.highest) };
      return question.judge(answer, seen);
    },
  };
}

/** At which load the site begins to miss its SLO. */
export function limitLoad(): Question {
  return range('/s', {
    about: 'Limit of the site',
    means: LOAD,
    draws: 'load',
    measure(seen) {
      const ran = loadOf(seen);
      const found = fromNamed(ran, ({ load, interval }) => ({ at: load, interval }));
      if ('notShown' in found) return found;
      const says = '“Does it keep up?”: where the steps begin to miss the SLO';
      return { ...found, place: { kind: 'run', run: ran.id, anchor: 'keeps-up', step: null, says } };
    },
  });
}

/** Which tier is named to run out after the first. */
export function nextToRunOut(topology: Topology): Question {
  return choice(tierOptions(topology), {
    about: 'Next to run out',
    means: [
      'Every resource has a load at which it would be full; it is projected from how the use of the resource grows with load.',
      'The lowest of these loads is the limit; the next one becomes the limit when you relieve the first resource.',
    ],
    measure(seen) {
      const ran = loadOf(seen);
      const named = namedIn(ran);
      if ('notShown' in named) return named;
      const { runnerUp } = named;
      if (runnerUp === null)
        return { notShown: 'No other resource was used clearly more at higher loads, so nothing shows where one would be full.' };
      return {
        value: [runnerUp.tier],
        words: `${resourceName(runnerUp)} at ${rateWithInterval(runnerUp.saturation, runnerUp.saturationInterval)}`,
        because: [`${runnerUp.headroom.toFixed(1)}× the load at which ${resourceName(named)} is full`],
        place: { kind: 'run', run: ran.id, anchor: 'runs-out', step: null, says: '“What runs out, in order”: the row after the limit' },
      };
    },
  });
}

/** The highest load at which the site met its SLO. */
export function highestHeld(): Question {
  return reading('/s', {
    about: 'Highest load that met the SLO',
    means: LOAD,
    measure(seen) {
      const ran = loadOf(seen);
      const steps = stepSummaries(ran.data).filter((step) => step.kind === 'load');
      const held = steps.filter((step) => step.holds).toSorted((a, b) => b.offered - a.offered)[0];
      if (held === undefined) return { notShown: 'No step of this run met its SLO.' };
      return {
        value: {
          at: held.offered,
          // As it is printed, and as people round it.
          within: Math.max(0.5, held.offered * 0.01),
          others: steps
            .filter((step) => step !== held)
            .map((step) => ({
              at: step.offered,
              says: step.holds ? 'That step met its SLO, and a higher one did too.' : 'That step missed its SLO.',
            })),
        },
        words: `${rate(held.offered)}/s`,
        because: [`step ${held.index} met it: p95 ${held.p95Ms === null ? 'none' : `${Math.round(held.p95Ms)} ms`}, ${held.failed} failed`],
        place: { kind: 'run', run: ran.id, anchor: 'steps', step: held.index, says: '“Steps”: the last row with ● met' },
      };
    },
  });
}

/** What stands in place of a limit when nothing ran out. */
function nothingRanOut(ran: RanLoad): Measured<readonly string[]> | null {
  if (ran.verdict.kind !== 'none-in-range') return null;
  const { closest, highest } = ran.verdict;
  return {
    value: [NOTHING.value],
    words: `nothing ran out up to ${rate(highest)}/s`,
    because: closest === null ? [] : [`closest to its limit: ${resourceName(closest)}, ${Math.round(closest.busy * 100)} % busy`],
    place: placeOf(ran, null),
  };
}

function fromNamed<Value>(ran: RanLoad, pick: (named: Named) => Value): Measured<Value> | NotShown {
  const named = namedIn(ran);
  if ('notShown' in named) return named;
  const all = [named, ...named.with];
  return {
    value: pick(named),
    words: `${all.map(resourceName).join(' and ')} at ${rateWithInterval(named.load, named.interval)}`,
    because: named.evidence.map((one) => (one.for ? one.text : `not the limit: ${one.text}`)),
    place: placeOf(ran, named),
  };
}

function placeOf({ id }: RanLoad, named: Named | null): Place {
  return {
    kind: 'run',
    run: id,
    anchor: 'runs-out',
    step: named?.onset.step ?? null,
    says: '“What runs out, in order”: the row that is full first',
  };
}
