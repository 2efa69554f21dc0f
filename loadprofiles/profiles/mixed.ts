import type { Profile } from '../lib/plan.ts';
import { ALL_USERS, CLIMB, SLO } from '../lib/shapes.ts';

export const mixed: Profile = {
  name: 'mixed',
  purpose: 'What all users do together; the same on every stage, for comparison.',
  slo: SLO,
  journeys: ALL_USERS,
  steps: CLIMB,
};
