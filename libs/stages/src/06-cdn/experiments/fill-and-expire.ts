import { edgeHits, moreEdgeHits, noFailures, siteBytes, soonerFiles, type Experiment } from '@loadstair/experiments';
import { clear, set, type Action } from '@loadstair/operations';

const LOAD = { share: 0.25 };
/** What an edge has it keeps for as long as it was told then: it forgets, and is told anew. */
const empty = (ttlS: number): readonly Action[] => [set({ set: [`edge.ttl=${ttlS}`] }), clear({ tier: 'edge' })];

export const fillAndExpire: Experiment = {
  name: 'fill-and-expire',
  stage: 6,
  title: 'Miss, hit, and a file’s end',
  happens: 'Edges that have nothing fetch each file once and then have it, until its time ends: after an hour, and after one second.',
  takesS: { full: 120, quick: 40 },
  profile: 'galleries',
  phases: [
    { name: 'an hour', load: LOAD, holdS: { full: 30, quick: 10 }, actions: empty(3600) },
    { name: 'kept', load: LOAD, holdS: { full: 20, quick: null } },
    { name: 'a second', load: LOAD, holdS: { full: 30, quick: 7 }, actions: empty(1) },
  ],
  expectations: [
    noFailures({ phases: ['an hour', 'a second'] }),
    edgeHits({ phase: 'kept', least: 0.9, most: 1 }),
    moreEdgeHits({ phase: 'an hour', than: 'a second' }),
    soonerFiles({ region: 'west', phase: 'an hour', than: 'a second' }),
    siteBytes({ phase: 'an hour', than: 'a second', least: 0, most: 0.9 }),
  ],
};
