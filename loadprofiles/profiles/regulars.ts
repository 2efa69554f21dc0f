import type { Profile } from '../lib/plan.ts';
import { CLIMB, SLO } from '../lib/shapes.ts';

export const regulars: Profile = {
  name: 'regulars',
  purpose: 'Most users return with a cookie from the time when there was one web server: their sessions stick to it.',
  slo: SLO,
  journeys: { regular: 0.7, gallery: 0.25, mobile: 0.05 },
  steps: CLIMB,
};
