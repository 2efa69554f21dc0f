import { databaseLoad, hitRatio, noFailures, type Experiment } from '@loadstair/experiments';
import { set } from '@loadstair/operations';

export const cacheSaves: Experiment = {
  name: 'cache-saves',
  stage: 5,
  title: 'With and without a cache',
  happens: 'The site first reads everything from the database, then asks the cache first. The lab compares the database CPU per arrival.',
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
