import { moreEdgeHits, noFailures, trafficPrice, type Experiment } from '@loadstair/experiments';
import { clear, set } from '@loadstair/operations';

const LOAD = { share: 0.25 };
/** Some two thirds of the photos have fewer likes than this (seed.sql). */
const LIKES = 4;

export const rareFiles: Experiment = {
  name: 'rare-files',
  stage: 6,
  title: 'Files that are rarely requested',
  happens:
    'At first the edges serve every picture. Then the site itself serves pictures with few likes, so their traffic is paid for once instead of twice.',
  takesS: { full: 100, quick: 40 },
  profile: 'files',
  phases: [
    {
      name: 'all',
      load: LOAD,
      holdS: { full: 30, quick: 8 },
      actions: [set({ set: ['edge.likes=0'] }), clear({ tier: 'edge' })],
    },
    {
      name: 'without the rare',
      load: LOAD,
      holdS: { full: 30, quick: 8 },
      actions: [set({ set: [`edge.likes=${LIKES}`] }), clear({ tier: 'edge' })],
    },
  ],
  expectations: [
    noFailures({ phases: ['all', 'without the rare'] }),
    moreEdgeHits({ phase: 'without the rare', than: 'all' }),
    trafficPrice({ phase: 'without the rare', than: 'all', least: 0, most: 1 }),
  ],
};
