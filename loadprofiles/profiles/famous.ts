import type { Profile } from '../lib/plan.ts';
import { CLIMB, SLO } from '../lib/shapes.ts';

export const famous: Profile = {
  name: 'famous',
  purpose: 'Few users are looked at far more often than the others: which entries a full cache should keep shows.',
  slo: SLO,
  journeys: { famous: 0.95, mobile: 0.05 },
  steps: CLIMB,
};
