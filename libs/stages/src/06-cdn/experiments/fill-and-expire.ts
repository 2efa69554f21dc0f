import { edgeHits, moreEdgeHits, noFailures, siteBytes, soonerFiles, type Experiment } from '@loadstair/experiments';
import { clear, set, type Action } from '@loadstair/operations';

const LOAD = { share: 0.25 };
/** Pictures of so few pages that the edges have nearly all of them when they have been filled. */
const journeys = { showcase: 1 };
/** What an edge has it keeps for as long as it was told then: it forgets, and is told anew. */
const empty = (ttlS: number): readonly Action[] => [set({ set: [`edge.ttl=${ttlS}`] }), clear({ tier: 'edge' })];

export const fillAndExpire: Experiment = {
  name: 'fill-and-expire',
  stage: 6,
  title: 'Miss, hit and expiry of a file',
  happens:
    'Empty edges fetch each file once and keep it for an hour. Then files live one second, and the edges fetch them again and again.',
  takesS: { full: 120, quick: 55 },
  profile: 'galleries',
  phases: [
    // At more load they fill sooner.
    { name: 'filling', load: { share: 0.4 }, journeys, holdS: { full: 30, quick: 14 }, actions: empty(3600) },
    { name: 'an hour', load: LOAD, journeys, holdS: { full: 25, quick: 8 } },
    { name: 'a second', load: LOAD, journeys, holdS: { full: 30, quick: 8 }, actions: empty(1) },
  ],
  expectations: [
    noFailures({ phases: ['filling', 'an hour', 'a second'] }),
    moreEdgeHits({ phase: 'an hour', than: 'a second' }),
    soonerFiles({ region: 'west', phase: 'an hour', than: 'a second' }),
    siteBytes({ phase: 'an hour', than: 'a second', least: 0, most: 0.9 }),
    edgeHits({ phase: 'an hour', least: 0.8, most: 1 }),
    moreEdgeHits({ phase: 'an hour', than: 'filling' }),
  ],
};
