import type { Profile } from '../lib/plan.ts';
import { SLO } from '../lib/shapes.ts';

export const smoke: Profile = {
  name: 'smoke',
  purpose: 'A few arrivals a second: does every part of the site answer, and correctly?',
  slo: SLO,
  journeys: { browse: 0.4, read: 0.2, mobile: 0.2, engage: 0.1, buy: 0.05, return: 0.05 },
  steps: { kind: 'fixed', loads: [{ rate: 5, holdS: 45 }], settleS: 2 },
};
