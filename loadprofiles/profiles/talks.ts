import type { Profile } from '../lib/plan.ts';
import { CLIMB, SLO } from '../lib/shapes.ts';

export const talks: Profile = {
  name: 'talks',
  purpose: 'Favourites, and photos that many users comment on: users read their own comment at once, which shows stale cache entries.',
  slo: SLO,
  journeys: { again: 0.7, talk: 0.3 },
  steps: CLIMB,
};
