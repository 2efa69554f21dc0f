import { databaseLoad, moreHits, noFailures, type Experiment } from '@loadstair/experiments';
import { clear, set, type Action } from '@loadstair/operations';

const LOAD = { share: 0.3 };
/** Favourites of a user are asked for every few seconds. Entries that are there already would keep the end they were given. */
const expiry = (kind: string): readonly Action[] => [
  set({ set: [`cache.expiry=${kind}`, 'cache.ttl=4', 'cache.jitter=0'] }),
  clear({ tier: 'cache' }),
];

export const idleExpiry: Experiment = {
  name: 'idle-expiry',
  stage: 5,
  title: 'Absolute, idle and no expiry',
  happens: 'Entries expire 4 s after they were stored, then 4 s after they were last read, then never.',
  takesS: { full: 130, quick: 60 },
  profile: 'favourites',
  phases: [
    { name: 'absolute', load: LOAD, holdS: { full: 30, quick: 12 }, actions: expiry('absolute') },
    { name: 'idle', load: LOAD, holdS: { full: 30, quick: 12 }, actions: expiry('idle') },
    { name: 'none', load: LOAD, holdS: { full: 30, quick: 12 }, actions: expiry('none') },
  ],
  expectations: [
    noFailures({ phases: ['absolute', 'idle', 'none'] }),
    moreHits({ phase: 'idle', than: 'absolute' }),
    moreHits({ phase: 'none', than: 'absolute' }),
    databaseLoad({ phase: 'none', than: 'absolute', least: 0, most: 0.8 }),
  ],
};
