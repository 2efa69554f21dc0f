import type { Profile } from '../lib/plan.ts';
import { CLIMB, SLO } from '../lib/shapes.ts';

export const writes: Profile = {
  name: 'writes',
  purpose: 'Likes and comments above all: what the database must lock and write to its disk shows.',
  slo: SLO,
  journeys: { engage: 0.7, mobile: 0.3 },
  steps: CLIMB,
};
