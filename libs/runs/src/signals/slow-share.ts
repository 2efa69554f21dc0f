import { wilson } from '@loadstair/analysis';
import { PARTS, type Part, type RequestTraits, type Trait } from './request-traits.ts';

/** What slow requests have in common that the rest has not. */
export interface SlowShare {
  /** Slow is longer than this, ms. */
  readonly slowMs: number;
  /** `slo`: longer than the SLO; `tenth`: the slowest tenth, because too few were. */
  readonly slowIs: 'slo' | 'tenth';
  readonly slow: number;
  readonly rest: number;
  /** The most telling first; empty when nothing differs by more than chance. */
  readonly traits: readonly SharedTrait[];
  /** Mean time of a request by where it went, ms. */
  readonly parts: readonly { readonly part: Part; readonly slowMs: number; readonly restMs: number }[];
}

export interface SharedTrait extends Trait {
  /** Slow requests that have it, and others that do. */
  readonly slow: number;
  readonly rest: number;
  /** Its share of the slow ÷ its share of the rest; null where none of the rest has it. */
  readonly ratio: number | null;
}

/** Fewer on a side tell nothing. */
const FEWEST = 5;
const MOST_TRAITS = 6;
/** Many traits are looked at, so each must differ by more than 95 % intervals that just part: z for 99 %. */
const Z = 2.576;

/**
 * Traits that slow requests have more often than the rest: the lowest share that fits the slow ones lies above the highest that
 * fits the rest (Wilson intervals). Pure.
 *
 * @param sloMs latency of the run's SLO
 * @returns null where there are too few requests to tell
 */
export function slowShare(requests: readonly RequestTraits[], sloMs: number): SlowShare | null {
  const durations = requests.map(({ request }) => request.durationMs).toSorted((a, b) => b - a);
  const overSlo = durations.filter((ms) => ms > sloMs).length;
  const slowIs = overSlo >= FEWEST && durations.length - overSlo >= FEWEST ? 'slo' : 'tenth';
  const slowMs = slowIs === 'slo' ? sloMs : (durations[Math.ceil(durations.length / 10)] ?? 0);
  const slow = requests.filter(({ request }) => request.durationMs > slowMs);
  const rest = requests.filter(({ request }) => request.durationMs <= slowMs);
  if (slow.length < FEWEST || rest.length < FEWEST) return null;
  return {
    slowMs,
    slowIs,
    slow: slow.length,
    rest: rest.length,
    traits: overRepresented(slow, rest),
    parts: PARTS.map((part) => ({ part, slowMs: meanOf(slow, part), restMs: meanOf(rest, part) })).filter(
      (one) => one.slowMs > 0 || one.restMs > 0,
    ),
  };
}

function overRepresented(slow: readonly RequestTraits[], rest: readonly RequestTraits[]): SharedTrait[] {
  const inSlow = countTraits(slow);
  const inRest = countTraits(rest);
  const gap = ({ slow: hits, rest: others }: SharedTrait): number => hits / slow.length - others / rest.length;
  return [...inSlow.values()]
    .map(({ trait, count }): SharedTrait => {
      const others = inRest.get(keyOf(trait))?.count ?? 0;
      return { ...trait, slow: count, rest: others, ratio: others === 0 ? null : count / slow.length / (others / rest.length) };
    })
    .filter((one) => wilson(one.slow, slow.length, Z)[0] > wilson(one.rest, rest.length, Z)[1])
    .toSorted((a, b) => gap(b) - gap(a))
    .slice(0, MOST_TRAITS);
}

interface Counted {
  readonly trait: Trait;
  readonly count: number;
}

function countTraits(requests: readonly RequestTraits[]): Map<string, Counted> {
  const counts = new Map<string, Counted>();
  for (const { traits } of requests) {
    for (const trait of traits) counts.set(keyOf(trait), { trait, count: (counts.get(keyOf(trait))?.count ?? 0) + 1 });
  }
  return counts;
}

const keyOf = ({ about, value }: Trait): string => `${about} ${value}`;

function meanOf(requests: readonly RequestTraits[], part: Part): number {
  return requests.reduce((sum, { parts }) => sum + parts[part], 0) / requests.length;
}
