import type { Profile } from '../lib/plan.ts';
import { CLIMB, SLO } from '../lib/shapes.ts';

export const sharedHost: Profile = {
  name: 'shared-host',
  purpose: 'Browsing and reading that load the web application and the database equally.',
  slo: SLO,
  journeys: { browse: 0.6, read: 0.2, mobile: 0.15, engage: 0.05 },
  steps: CLIMB,
};
