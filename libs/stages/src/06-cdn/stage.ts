import { addName, addPlace, addTier, evolve, FILES_NAME, link, type Tier } from '@loadstair/topology';
import { topology as cache } from '../05-cache/stage.ts';
import type { Stage } from '../stage.ts';
import { edgeDies } from './experiments/edge-dies.ts';
import { fillAndExpire } from './experiments/fill-and-expire.ts';
import { howLongFilesLive } from './experiments/how-long-files-live.ts';
import { purgeAndVersion } from './experiments/purge-and-version.ts';
import { rareFiles } from './experiments/rare-files.ts';
import { broken } from './broken.ts';
import { injections } from './injections.ts';

/** Round trip between the two places, ms: about that between the coasts of a continent. */
const ACROSS_MS = 60;

const edge: Tier = {
  name: 'edge',
  count: 2,
  cpu: 1,
  memoryMiB: 128,
  components: ['varnish'],
  settings: { varnish: { ttl: 3600, likes: 0, keep: 'first' } },
  public: true,
  places: ['east', 'west'],
};

export const topology = evolve(
  cache,
  { stage: 6, slug: 'cdn', title: 'Content delivery network' },
  addPlace({ name: 'west', kind: 'edge location', users: 0.5 }, { east: ACROSS_MS }),
  addTier(edge, 'lb'),
  link('clients', 'edge', 'http'),
  link('edge', 'lb', 'http'),
  addName(FILES_NAME, ['edge'], { kind: 'nearest', ttlS: 60, checked: false }),
);

export const cdn: Stage = {
  topology,
  story: {
    changed: 'Two edges, one in each region of the users, keep copies of the files that are the same for everybody.',
    why: 'Web servers are busy sending files, and half of the users are far away.',
    shows: 'How much work the edges take off the site, what that costs, and whether all web servers run out together.',
  },
  profile: 'regulars',
  experiments: [fillAndExpire, rareFiles, edgeDies, purgeAndVersion, howLongFilesLive],
  injections,
  broken,
  expected: { tier: 'web', resource: 'cpu', imbalance: true },
};
