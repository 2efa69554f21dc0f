import { cheaperArrival, databaseLoad, hitRatio, noFailures, type Experiment, type Phase } from '@loadstair/experiments';
import { set } from '@loadstair/operations';

const read = (name: string, through: 'on' | 'off'): Phase => ({
  name,
  load: { share: 0.2 },
  holdS: { full: 25, quick: 9 },
  actions: [set({ set: [`cache.through=${through}`] })],
});

/** The same as `cache-saves` where it saves nothing. Phases alternate, so that the machine's drift falls on both. */
export const cacheWithoutHits: Experiment = {
  name: 'cache-without-hits',
  stage: 5,
  title: 'Where a cache does not pay',
  happens: 'Half of the users write and hardly a row is read twice; with and without the cache, by turns.',
  takesS: { full: 140, quick: 60 },
  profile: 'seldom',
  phases: [read('without 1', 'off'), read('with 1', 'on'), read('without 2', 'off'), read('with 2', 'on')],
  expectations: [
    noFailures({ phases: ['without 1', 'with 1', 'without 2', 'with 2'] }),
    hitRatio({ phase: 'with 2', least: 0, most: 0.15 }),
    cheaperArrival({ tier: 'web', phases: 'without', than: 'with' }),
    databaseLoad({ phase: 'with 2', than: 'without 2', least: 0.65, most: 1.35 }),
  ],
};
