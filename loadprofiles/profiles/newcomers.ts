import type { Profile } from '../lib/plan.ts';
import { CLIMB, SLO } from '../lib/shapes.ts';

export const newcomers: Profile = {
  name: 'newcomers',
  purpose: 'The same work as in profile regulars, but without old cookies, so that it spreads evenly over the web servers.',
  slo: SLO,
  journeys: { newcomer: 0.55, gallery: 0.4, mobile: 0.05 },
  steps: CLIMB,
};
