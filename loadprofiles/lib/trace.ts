import { random } from './schedule.ts';

/** Random numbers of one arrival, the same wherever they are drawn again. */
export function chanceOf(seed: number, step: number, arrival: number): () => number {
  return random(seed * 31 + step * 100_003 + arrival);
}

/**
 * The `traceparent` that all requests of an arrival carry (https://www.w3.org/TR/trace-context).
 *
 * @param next the arrival's random numbers, from the first on
 * @param tracedShare share of arrivals whose spans are kept; the others have an id too, by which log lines are found
 */
export function traceparent(next: () => number, tracedShare: number): string {
  const sampled = next() < tracedShare;
  const hex = (digits: number): string =>
    Array.from({ length: digits / 4 }, () =>
      Math.floor(next() * 65_536)
        .toString(16)
        .padStart(4, '0'),
    ).join('');
  return `00-${hex(32)}-${hex(16)}-0${sampled ? 1 : 0}`;
}

/** Trace id of an arrival: 32 hexadecimal digits. */
export function traceOf(seed: number, step: number, arrival: number): string {
  return traceparent(chanceOf(seed, step, arrival), 0).slice(3, 35);
}
