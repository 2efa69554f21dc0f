import type { Profile } from '../lib/plan.ts';
import { CLIMB, SLO } from '../lib/shapes.ts';

export const talks: Profile = {
  name: 'talks',
  purpose:
    'Favourites, and photos everybody talks about: who comments on one reads it again at once, so what a cache keeps too long shows.',
  slo: SLO,
  journeys: { again: 0.7, talk: 0.3 },
  steps: CLIMB,
};
