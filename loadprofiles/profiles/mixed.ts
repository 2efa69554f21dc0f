import type { Profile } from '../lib/plan.ts';
import { ALL_USERS, CLIMB, SLO } from '../lib/shapes.ts';

export const mixed: Profile = {
  name: 'mixed',
  purpose: 'All kinds of users together; the same at every stage, for comparison.',
  slo: SLO,
  journeys: ALL_USERS,
  steps: CLIMB,
};
