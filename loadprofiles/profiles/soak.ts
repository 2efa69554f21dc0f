import type { Profile } from '../lib/plan.ts';
import { ALL_USERS, SLO } from '../lib/shapes.ts';

export const soak: Profile = {
  name: 'soak',
  purpose: 'Seven tenths of what the site should hold, for half an hour: does anything grow?',
  slo: SLO,
  journeys: ALL_USERS,
  steps: { kind: 'relative', loads: [{ share: 0.7, holdS: 1800 }], settleS: 10 },
};
