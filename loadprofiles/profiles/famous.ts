import type { Profile } from '../lib/plan.ts';
import { CLIMB, SLO } from '../lib/shapes.ts';

export const famous: Profile = {
  name: 'famous',
  purpose: 'Half of the reads want one of a few feeds, the others any: which entries a full cache should keep shows.',
  slo: SLO,
  journeys: { famous: 0.5, scan: 0.5 },
  steps: CLIMB,
};
