import { cacheAtFault, databaseSpike, noFailures, type Experiment } from '@loadstair/experiments';
import { clear, set } from '@loadstair/operations';

export const missStorm: Experiment = {
  name: 'miss-storm',
  stage: 5,
  title: 'A cold cache, and a very short TTL',
  happens:
    'A warm cache is emptied under load and fills again. Then entries live only half a second. Both times the lab must name the cache as the cause of the database load.',
  takesS: { full: 120, quick: 45 },
  profile: 'favourites',
  phases: [
    { name: 'warm', load: { share: 0.3 }, holdS: { full: 25, quick: 8 } },
    { name: 'cold', load: { share: 0.3 }, holdS: { full: 25, quick: 6 }, actions: [clear({ tier: 'cache' })] },
    {
      name: 'short-lived',
      load: { share: 0.3 },
      holdS: { full: 25, quick: 6 },
      actions: [
        set({ set: ['cache.ttl=0.5'] }),
        // What is there already would live on.
        clear({ tier: 'cache' }),
      ],
    },
  ],
  expectations: [
    noFailures({ phases: ['warm', 'cold', 'short-lived'] }),
    databaseSpike({ phase: 'cold', than: 'warm', least: 1.5 }),
    cacheAtFault({ phase: 'cold', when: 'at-once' }),
    cacheAtFault({ phase: 'short-lived', when: 'steady' }),
  ],
};
