import type { Profile } from '../lib/plan.ts';
import { CLIMB, SLO } from '../lib/shapes.ts';

export const newcomers: Profile = {
  name: 'newcomers',
  purpose: 'What users of the profile regulars do, without a cookie from before: the same work, spread evenly.',
  slo: SLO,
  journeys: { newcomer: 0.55, gallery: 0.4, mobile: 0.05 },
  steps: CLIMB,
};
