import type { Profile } from '../lib/plan.ts';
import { CLIMB, SLO } from '../lib/shapes.ts';

export const reads: Profile = {
  name: 'reads',
  purpose: 'Feeds and favourites, read over and over: most of the work is done by databases.',
  slo: SLO,
  journeys: { read: 0.4, explore: 0.5, mobile: 0.1 },
  steps: CLIMB,
};
