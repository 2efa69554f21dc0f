import { staleReads, type Experiment } from '@loadstair/experiments';
import { set } from '@loadstair/operations';

export const staleHits: Experiment = {
  name: 'stale-hits',
  stage: 5,
  title: 'Writes without invalidation',
  happens:
    'Users comment and read the page again. At first writes delete the cache entries they make out of date, then they do not. The lab counts stale answers.',
  takesS: { full: 85, quick: 40 },
  profile: 'talks',
  phases: [
    { name: 'invalidated', load: { share: 0.25 }, holdS: { full: 25, quick: 6 }, actions: [set({ set: ['cache.invalidate=on'] })] },
    { name: 'left alone', load: { share: 0.25 }, holdS: { full: 25, quick: 7 }, actions: [set({ set: ['cache.invalidate=off'] })] },
  ],
  expectations: [staleReads({ phase: 'invalidated', least: 0, most: 0 }), staleReads({ phase: 'left alone', least: 1, most: null })],
};
