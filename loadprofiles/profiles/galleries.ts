import type { Profile } from '../lib/plan.ts';
import { CLIMB, SLO } from '../lib/shapes.ts';

export const galleries: Profile = {
  name: 'galleries',
  purpose: 'Popular pages with their pictures and static files: most of the work is sending files.',
  slo: SLO,
  journeys: { gallery: 0.95, mobile: 0.05 },
  steps: CLIMB,
};
