import type { Profile } from '../lib/plan.ts';
import { CLIMB, SLO } from '../lib/shapes.ts';

export const files: Profile = {
  name: 'files',
  purpose: 'Pages with their stylesheet and pictures: most requests are for files that are the same for all users.',
  slo: SLO,
  journeys: { gallery: 0.6, album: 0.4 },
  steps: CLIMB,
};
