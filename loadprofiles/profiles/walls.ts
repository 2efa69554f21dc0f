import type { Profile } from '../lib/plan.ts';
import { CLIMB, SLO } from '../lib/shapes.ts';

export const walls: Profile = {
  name: 'walls',
  purpose: 'Users write on walls that edges cache, and read them again: shows stale copies at the edges.',
  slo: SLO,
  journeys: { wall: 0.3, gallery: 0.7 },
  steps: CLIMB,
};
