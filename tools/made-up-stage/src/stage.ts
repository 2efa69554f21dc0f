import { stageByNumber, type Stage } from '@loadstair/stages';
import { addTier, evolve, link, unlink, type Tier } from '@loadstair/topology';
import { freshInk } from './experiments/fresh-ink.ts';
import { NUMBER } from './number.ts';
import { stampInk } from './stamp-ink.ts';

const last = stageByNumber(NUMBER - 1);

const inkroom: Tier = {
  name: 'inkroom',
  count: 2,
  cpu: 1,
  memoryMiB: 64,
  components: ['inkpress'],
  settings: { inkpress: { pads: 2 } },
  public: false,
};

/** A second Redis tier, which is no cache; its memory is told by the same key as the cache's. */
const cloakroom: Tier = {
  name: 'cloakroom',
  count: 1,
  cpu: 0.5,
  memoryMiB: 128,
  components: ['redis'],
  settings: { redis: { maxmemory: 8 } },
  public: false,
};

/** A second group of databases: rows of every second bucket stand there. */
const strongroom: Tier = { name: 'strongroom', count: 1, cpu: 1, memoryMiB: 256, components: ['postgres'], settings: {}, public: false };

export const topology = evolve(
  last.topology,
  { stage: NUMBER, slug: 'stamped-photos', title: 'Stamped photos' },
  addTier(inkroom, 'web'),
  addTier(cloakroom),
  addTier(strongroom),
  unlink('lb', 'web'),
  link('lb', 'inkroom', 'http'),
  link('inkroom', 'web', 'http'),
  link('web', 'cloakroom', 'sessions'),
  link('web', 'strongroom', 'sql'),
);

/** The stage after the last: nobody needs it, and whatever knows stages must know it once it is registered. */
export const stampedPhotos: Stage = {
  topology,
  story: {
    changed: 'Ink presses stamp every page, a second Redis keeps sessions, and half of the rows stand in a second database.',
    why: 'People want to see whose pages they look at, and one database has no room for all rows.',
    shows: 'Whether the pads of the ink presses or the web servers run out first.',
  },
  profile: 'mixed',
  experiments: [freshInk],
  injections: [],
  expected: { tier: 'inkroom', resource: stampInk.kind },
};
