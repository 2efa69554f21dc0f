import { answersAgain, databaseSpike, failuresWithin, longestWait, noFailures, type Experiment } from '@loadstair/experiments';
import { powerLoss, replace } from '@loadstair/operations';
import { CACHE_NOTICED_MS, SITE_LIMITS } from '@loadstair/photo-site/limits';

/** Who asked the silent server has given up by then, and reads the database. */
const MARGIN_MS = 250;

export const cacheDies: Experiment = {
  name: 'cache-dies',
  stage: 5,
  title: 'One of two cache servers dies',
  happens:
    'A cache server loses power. Its keys move to the other server, which reads each of them from the database once. Then a new server replaces the dead one.',
  takesS: { full: 120, quick: 45 },
  profile: 'favourites',
  phases: [
    { name: 'two', load: { share: 0.3 }, holdS: { full: 25, quick: 7 } },
    { name: 'one dead', load: { share: 0.3 }, holdS: { full: 20, quick: 6 }, actions: [powerLoss({ tier: 'cache' })] },
    { name: 'fresh one', load: { share: 0.3 }, holdS: { full: 25, quick: 6 }, actions: [replace({ tier: 'cache' })] },
  ],
  expectations: [
    noFailures({ phases: ['two'] }),
    failuresWithin({ action: 'power-loss', windowMs: CACHE_NOTICED_MS, marginMs: MARGIN_MS }),
    databaseSpike({ phase: 'one dead', than: 'two', least: 1.3 }),
    longestWait({
      action: 'power-loss',
      windowMs: CACHE_NOTICED_MS,
      least: SITE_LIMITS.cache.answerMs,
      most: CACHE_NOTICED_MS + MARGIN_MS,
    }),
    answersAgain({ phase: 'one dead' }),
    noFailures({ phases: ['fresh one'] }),
  ],
};
