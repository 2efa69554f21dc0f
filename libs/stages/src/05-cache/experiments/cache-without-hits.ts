import { cheaperArrival, databaseLoad, hitRatio, noFailures, type Experiment, type Phase } from '@loadstair/experiments';
import { clear, set } from '@loadstair/operations';

const reads = (name: string, through: 'on' | 'off'): Phase => ({
  name,
  load: { share: 0.45 },
  holdS: { full: 20, quick: 9 },
  // Who was asked for in the warm-up and in the phase before is asked for again.
  actions: [set({ set: [`cache.through=${through}`] }), clear({ tier: 'cache' })],
});

/** Three pairs of phases by turns, so that the machine's drift falls on both sides. */
const phases = [1, 2, 3].flatMap((turn) => [reads(`no cache ${turn}`, 'off'), reads(`cache ${turn}`, 'on')]);

/** The same as `cache-saves` where the cache saves nothing. */
export const cacheWithoutHits: Experiment = {
  name: 'cache-without-hits',
  stage: 5,
  title: 'Where a cache does not pay',
  happens: 'Half of the users write, and hardly any row is read twice. Phases with and without the cache alternate.',
  takesS: { full: 150, quick: 85 },
  profile: 'seldom',
  phases,
  expectations: [
    noFailures({ phases: phases.map(({ name }) => name) }),
    hitRatio({ phase: 'cache 3', least: 0, most: 0.15 }),
    cheaperArrival({ tier: 'web', phases: 'no cache', than: 'cache' }),
    databaseLoad({ phase: 'cache 3', than: 'no cache 3', least: 0.65, most: 1.35 }),
  ],
};
