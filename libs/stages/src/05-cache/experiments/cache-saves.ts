import { databaseLoad, hitRatio, noFailures, type Experiment } from '@loadstair/experiments';
import { set } from '@loadstair/operations';

export const cacheSaves: Experiment = {
  name: 'cache-saves',
  stage: 5,
  title: 'With a cache and without',
  happens: 'The site reads the database for everything, then the cache first; what an arrival costs the databases is compared.',
  takesS: { full: 85, quick: 40 },
  profile: 'favourites',
  phases: [
    { name: 'without', load: { share: 0.15 }, holdS: { full: 25, quick: 6 }, actions: [set({ set: ['cache.through=off'] })] },
    { name: 'with', load: { share: 0.15 }, holdS: { full: 25, quick: 8 }, actions: [set({ set: ['cache.through=on'] })] },
  ],
  expectations: [
    noFailures({ phases: ['without', 'with'] }),
    hitRatio({ phase: 'with', least: 0.7, most: 1 }),
    databaseLoad({ phase: 'with', than: 'without', least: 0, most: 0.5 }),
  ],
};
