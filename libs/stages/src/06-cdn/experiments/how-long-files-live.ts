import { EDGE_HITS, moreEdgeHits, moreStale, SITE_BYTES, siteBytes, STALE_ANSWERS, type Experiment } from '@loadstair/experiments';
import { clear, set, type Action } from '@loadstair/operations';

const LOAD = { share: 0.25 };
const lives = (ttlS: number): readonly Action[] => [set({ set: [`edge.ttl=${ttlS}`] }), clear({ tier: 'edge' })];

/**
 * Walls change with every comment: what is kept long is old, and what is kept shortly is fetched again and again. Long-lived files are
 * counted when the edges have been filled.
 */
export const howLongFilesLive: Experiment = {
  name: 'how-long-files-live',
  stage: 6,
  title: 'Short and long TTLs of files',
  happens:
    'Files live one second at the edges, then longer. The bytes that the site sends and the share of stale answers are plotted against the TTL.',
  takesS: { full: 205, quick: 64 },
  profile: 'walls',
  phases: [
    { name: '1 s', load: LOAD, holdS: { full: 30, quick: 8 }, actions: lives(1) },
    { name: '3 s', load: LOAD, holdS: { full: 25, quick: 9 }, actions: lives(3) },
    { name: '10 s', load: LOAD, holdS: { full: 40, quick: null }, actions: lives(10) },
    { name: 'filling', load: { share: 0.4 }, holdS: { full: 30, quick: 12 }, actions: lives(60) },
    { name: '60 s', load: LOAD, holdS: { full: 25, quick: 8 } },
  ],
  expectations: [
    moreEdgeHits({ phase: '60 s', than: '1 s' }),
    siteBytes({ phase: '60 s', than: '1 s', least: 0, most: 0.95 }),
    moreStale({ phase: '60 s', than: '1 s' }),
  ],
  curve: {
    over: 'TTL of a file',
    unit: 's',
    at: { '1 s': 1, '3 s': 3, '10 s': 10, '60 s': 60 },
    lines: [SITE_BYTES, STALE_ANSWERS, EDGE_HITS],
  },
};
