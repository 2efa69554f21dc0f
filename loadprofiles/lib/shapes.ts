import type { Climb, Profile } from './plan.ts';

/** Three periods of a host's CPU quota: below that, a stall of the quota itself would decide (calibration.md). */
export const SLO: Profile['slo'] = { quantile: 0.95, latencyMs: 250, errorShare: 0.01 };

/** Steps that grow by a factor. An arrival costs more at low load than in the warm-up that predicts, so they start low and reach far. */
const growing = (from: number, factor: number, count: number): number[] =>
  Array.from({ length: count }, (_, index) => from * factor ** index);

const FULL: Climb = {
  shares: growing(0.35, 1.2, 14),
  holdS: 15,
  leastArrivals: 300,
  longestS: 26,
  settleS: 3,
  idleS: 5,
  endsAfter: 'two-failures',
  backShare: 0.6,
};
/** A rough look in a minute and a half: from the middle up, and no further than one clear failure. */
const QUICK: Climb = {
  shares: growing(0.5, 1.35, 7),
  holdS: 7,
  leastArrivals: 210,
  longestS: 20,
  settleS: 2,
  idleS: 3,
  endsAfter: 'clear-failure',
  backShare: 0.6,
};

/** Up until it fails, and one step back down. */
export const CLIMB: Profile['steps'] = { kind: 'climb', full: FULL, quick: QUICK };

/** What all users do together. */
export const ALL_USERS: Profile['journeys'] = {
  browse: 0.15,
  gallery: 0.12,
  explore: 0.3,
  read: 0.08,
  mobile: 0.224,
  engage: 0.06,
  return: 0.03,
  buy: 0.016,
  upload: 0.02,
};
