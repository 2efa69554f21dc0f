import type { Profile } from '../lib/plan.ts';
import { CLIMB, SLO } from '../lib/shapes.ts';

export const regulars: Profile = {
  name: 'regulars',
  purpose: 'Most users come back with a cookie from before the second web server: sessions stick to the first.',
  slo: SLO,
  journeys: { regular: 0.7, gallery: 0.25, mobile: 0.05 },
  steps: CLIMB,
};
