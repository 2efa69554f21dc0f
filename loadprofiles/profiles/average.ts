import type { Profile } from '../lib/plan.ts';
import { ALL_USERS, SLO } from '../lib/shapes.ts';

export const average: Profile = {
  name: 'average',
  purpose: 'Constant load at half of the site’s expected capacity.',
  slo: SLO,
  journeys: ALL_USERS,
  steps: { kind: 'relative', loads: [{ share: 0.5, holdS: 60 }], settleS: 3 },
};
