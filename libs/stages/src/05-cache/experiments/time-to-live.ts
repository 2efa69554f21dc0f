import { CACHE_HITS, DATABASE_CPU, databaseLoad, moreHits, moreStale, STALE_ANSWERS, type Experiment } from '@loadstair/experiments';
import { clear, set, type Action } from '@loadstair/operations';

const LOAD = { share: 0.25 };
/** Mostly reads: a write costs the databases the same however long entries live, and would hide what that saves. */
const journeys = { again: 0.85, talk: 0.15 };
/** Entries that are there already would keep the life they were given. */
const lives = (seconds: number): readonly Action[] => [
  set({ set: [`cache.ttl=${seconds}`, 'cache.invalidate=off'] }),
  clear({ tier: 'cache' }),
];

/**
 * Writes take nothing out of the cache here: only its time to live limits how old an answer gets. Entries that live long are counted
 * when the cache has been filled, which those that live shortly never let happen.
 */
export const timeToLive: Experiment = {
  name: 'time-to-live',
  stage: 5,
  title: 'Short and long TTLs of cache entries',
  happens:
    'Entries live one second, then longer, and writes do not invalidate them. Database load and stale answers are plotted against the TTL.',
  takesS: { full: 190, quick: 70 },
  profile: 'talks',
  phases: [
    { name: '1 s', load: LOAD, journeys, holdS: { full: 30, quick: 10 }, actions: lives(1) },
    { name: '3 s', load: LOAD, journeys, holdS: { full: 30, quick: 10 }, actions: lives(3) },
    { name: '10 s', load: LOAD, journeys, holdS: { full: 35, quick: null }, actions: lives(10) },
    { name: 'filling', load: LOAD, journeys, holdS: { full: 20, quick: 12 }, actions: lives(60) },
    { name: '60 s', load: LOAD, journeys, holdS: { full: 30, quick: 10 } },
  ],
  expectations: [
    moreHits({ phase: '60 s', than: '1 s' }),
    databaseLoad({ phase: '60 s', than: '1 s', least: 0, most: 0.8 }),
    moreStale({ phase: '60 s', than: '1 s' }),
    moreStale({ phase: '10 s', than: '1 s' }),
  ],
  curve: {
    over: 'time to live',
    unit: 's',
    at: { '1 s': 1, '3 s': 3, '10 s': 10, '60 s': 60 },
    lines: [DATABASE_CPU, STALE_ANSWERS, CACHE_HITS],
  },
};
