import type { Profile } from '../lib/plan.ts';
import { ALL_USERS, SLO } from '../lib/shapes.ts';

export const soak: Profile = {
  name: 'soak',
  purpose: 'Constant load at 70 % of the site’s expected capacity, for half an hour: does anything keep growing?',
  slo: SLO,
  journeys: ALL_USERS,
  steps: { kind: 'relative', loads: [{ share: 0.7, holdS: 1800 }], settleS: 10 },
};
