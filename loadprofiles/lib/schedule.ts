/**
 * When arrivals are due, and which journey each is. Plain arithmetic without imports: k6 and Node run this same file, so
 * both know the same plan.
 */

/** Mulberry32: a small generator with a 32-bit state; equal seeds give equal numbers in k6 and in Node. */
export function random(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export interface ScheduledStep {
  readonly index: number;
  /** arrivals/s */
  readonly rate: number;
  readonly holdS: number;
  /** What times and journeys are drawn from; `index` unless told. */
  readonly draw?: number;
}

export function arrivalsOf(step: ScheduledStep): number {
  return Math.round(step.rate * step.holdS);
}

/**
 * Due times of a step's arrivals, ms from its start, ascending: a Poisson process given its count is that many uniform
 * times, sorted (calibration.md, Q4). Offered load is exact, gaps are exponential.
 */
export function dueTimes(seed: number, step: ScheduledStep): number[] {
  const next = random(seed * 1000 + (step.draw ?? step.index));
  return Array.from({ length: arrivalsOf(step) }, () => next() * step.holdS * 1000).sort((a, b) => a - b);
}

/**
 * The longest a k6 iteration of such a step may have to start before its even place, s. k6 starts iterations evenly; a due time lies
 * at most 2.3·√(hold/rate) before its even place in all but some 10⁻⁵ of steps (4.5 standard deviations of the bridge).
 */
export function leadS(step: ScheduledStep): number {
  return step.rate <= 0 ? 0 : 2.3 * Math.sqrt(step.holdS / step.rate);
}

/** For k6 to begin an iteration in, s: it is at its busiest when a step begins. */
const SPARE_S = 0.5;

/**
 * The lead that this very step needs, s: `leadS` is what the unluckiest of many would, and at low loads people wait for it.
 */
export function ownLeadS(seed: number, step: ScheduledStep): number {
  const earliest = dueTimes(seed, step).reduce((most, ms, index) => Math.max(most, index / step.rate - ms / 1000), 0);
  return Math.min(leadS(step), earliest + SPARE_S);
}

/**
 * Journeys of a step's arrivals in order: exact shares (largest remainders), shuffled.
 *
 * @param shares by journey, adding up to 1
 */
export function journeysOf<Journey extends string>(
  seed: number,
  step: ScheduledStep,
  shares: Readonly<Partial<Record<Journey, number>>>,
): Journey[] {
  const count = arrivalsOf(step);
  const entries = Object.entries(shares) as [Journey, number][];
  const whole = entries.map(([journey, share]) => ({ journey, count: Math.floor(share * count), rest: (share * count) % 1 }));
  let left = count - whole.reduce((sum, one) => sum + one.count, 0);
  for (const one of [...whole].sort((a, b) => b.rest - a.rest)) {
    if (left <= 0) break;
    one.count += 1;
    left -= 1;
  }
  const order = whole.flatMap((one) => Array.from({ length: one.count }, () => one.journey));
  const next = random(seed * 7919 + (step.draw ?? step.index) + 17);
  for (let i = order.length - 1; i > 0; i -= 1) {
    const j = Math.floor(next() * (i + 1));
    const moved = order[i] as Journey;
    order[i] = order[j] as Journey;
    order[j] = moved;
  }
  return order;
}
