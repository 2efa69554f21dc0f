import { databaseLoad, moreHits, type Experiment } from '@loadstair/experiments';
import { clear, crash, set } from '@loadstair/operations';

/** Two hosts of so much hold all favourites, with little to spare. */
const ENOUGH = 'cache.maxmemory=0.3';

export const overProvisioning: Experiment = {
  name: 'over-provisioning',
  stage: 5,
  title: 'Spare memory for a dead server',
  happens:
    'Two cache servers hold everything that users ask for. One crashes, and the other has no spare memory for its entries. Then the memory of the remaining server is doubled.',
  takesS: { full: 130, quick: 45 },
  profile: 'favourites',
  first: [set({ set: [ENOUGH, 'cache.overprovision=0'] }), clear({ tier: 'cache' })],
  phases: [
    { name: 'two', load: { share: 0.25 }, holdS: { full: 25, quick: 6 } },
    { name: 'nothing to spare', load: { share: 0.25 }, holdS: { full: 25, quick: 7 }, actions: [crash({ tier: 'cache' })] },
    {
      name: 'as much again',
      load: { share: 0.25 },
      holdS: { full: 25, quick: 8 },
      actions: [set({ set: ['cache.overprovision=100'] })],
    },
  ],
  expectations: [
    moreHits({ phase: 'as much again', than: 'nothing to spare' }),
    databaseLoad({ phase: 'as much again', than: 'nothing to spare', least: 0, most: 0.9 }),
  ],
};
