import { moreHits, noFailures, slowerWrites, staleReads, type Experiment } from '@loadstair/experiments';
import { set } from '@loadstair/operations';

const LOAD = { share: 0.25 };

export const writeThrough: Experiment = {
  name: 'write-through',
  stage: 5,
  title: 'Cache-aside and write-through',
  happens:
    'Users comment and read the page again. At first a write deletes the entries it changes (cache-aside), then it stores their new values (write-through).',
  takesS: { full: 85, quick: 45 },
  profile: 'talks',
  phases: [
    { name: 'aside', load: LOAD, holdS: { full: 25, quick: 10 }, actions: [set({ set: ['cache.strategy=aside'] })] },
    { name: 'write-through', load: LOAD, holdS: { full: 25, quick: 10 }, actions: [set({ set: ['cache.strategy=write-through'] })] },
  ],
  expectations: [
    noFailures({ phases: ['aside', 'write-through'] }),
    // Of the lookups of this load almost a quarter are for comments just written: aside they miss, written through they hit.
    moreHits({ phase: 'write-through', than: 'aside' }),
    slowerWrites({ phase: 'write-through', than: 'aside' }),
    staleReads({ phase: 'aside', least: 0, most: 0 }),
    staleReads({ phase: 'write-through', least: 0, most: 0 }),
  ],
};
