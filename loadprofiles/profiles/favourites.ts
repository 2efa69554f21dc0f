import type { Profile } from '../lib/plan.ts';
import { CLIMB, SLO } from '../lib/shapes.ts';

export const favourites: Profile = {
  name: 'favourites',
  purpose: 'A few users’ favourite photos, requested again and again: the same rows are read over and over.',
  slo: SLO,
  journeys: { again: 0.95, mobile: 0.05 },
  steps: CLIMB,
};
