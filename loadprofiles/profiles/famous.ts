import type { Profile } from '../lib/plan.ts';
import { CLIMB, SLO } from '../lib/shapes.ts';

export const famous: Profile = {
  name: 'famous',
  purpose: 'Half of the reads ask for one of a few popular feeds, the others for any feed: shows which entries a full cache should keep.',
  slo: SLO,
  journeys: { famous: 0.5, scan: 0.5 },
  steps: CLIMB,
};
