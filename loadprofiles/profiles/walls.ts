import type { Profile } from '../lib/plan.ts';
import { CLIMB, SLO } from '../lib/shapes.ts';

export const walls: Profile = {
  name: 'walls',
  purpose: 'Users write on walls that caches keep, and read them back: shows what an edge has kept too long.',
  slo: SLO,
  journeys: { wall: 0.3, gallery: 0.7 },
  steps: CLIMB,
};
