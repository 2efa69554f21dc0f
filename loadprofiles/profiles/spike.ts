import type { Profile } from '../lib/plan.ts';
import { SLO } from '../lib/shapes.ts';

export const spike: Profile = {
  name: 'spike',
  purpose: 'Low load, a sudden overload, then low load again: does the site recover?',
  slo: SLO,
  journeys: { browse: 0.6, read: 0.1, mobile: 0.3 },
  steps: {
    kind: 'relative',
    loads: [
      { share: 0.4, holdS: 20 },
      { share: 1.5, holdS: 15 },
      { share: 0.4, holdS: 30 },
    ],
    settleS: 3,
  },
};
