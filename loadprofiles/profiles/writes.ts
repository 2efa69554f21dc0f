import type { Profile } from '../lib/plan.ts';
import { CLIMB, SLO } from '../lib/shapes.ts';

export const writes: Profile = {
  name: 'writes',
  purpose: 'Mostly likes and comments: shows the cost of locks and disk writes in the database.',
  slo: SLO,
  journeys: { engage: 0.7, mobile: 0.3 },
  steps: CLIMB,
};
