import type { Profile } from '../lib/plan.ts';
import { CLIMB, SLO } from '../lib/shapes.ts';

export const favourites: Profile = {
  name: 'favourites',
  purpose: 'What few users like most, asked for again and again: the same rows are read over and over.',
  slo: SLO,
  journeys: { again: 0.95, mobile: 0.05 },
  steps: CLIMB,
};
