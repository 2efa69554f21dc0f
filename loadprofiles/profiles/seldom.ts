import type { Profile } from '../lib/plan.ts';
import { CLIMB, SLO } from '../lib/shapes.ts';

export const seldom: Profile = {
  name: 'seldom',
  purpose: 'Half of the users write, and hardly any row is read twice: shows what a cache costs where it has no hits.',
  slo: SLO,
  journeys: { engage: 0.5, read: 0.5 },
  steps: CLIMB,
};
