import type { Profile } from '../lib/plan.ts';
import { CLIMB, SLO } from '../lib/shapes.ts';

export const pages: Profile = {
  name: 'pages',
  purpose: 'Pages with their static files: most of the work is done by web servers.',
  slo: SLO,
  journeys: { browse: 0.85, mobile: 0.15 },
  steps: CLIMB,
};
