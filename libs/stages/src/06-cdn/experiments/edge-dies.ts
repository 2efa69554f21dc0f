import { edgeHits, fellBack, noFailures, siteBytes, type Experiment } from '@loadstair/experiments';
import { crash, replace } from '@loadstair/operations';

/** Half of the users lose their edge; a little less where some of their files were in flight. */
const FELL_BACK = 0.35;

export const edgeDies: Experiment = {
  name: 'edge-dies',
  stage: 6,
  title: 'An edge crashes',
  happens:
    'An edge crashes. Its users fetch their files from the site instead, and no request fails. Then the edge comes back empty and fills again.',
  takesS: { full: 110, quick: 45 },
  profile: 'galleries',
  phases: [
    { name: 'both', load: { share: 0.15 }, holdS: { full: 20, quick: 5 } },
    { name: 'one dead', load: { share: 0.15 }, holdS: { full: 20, quick: 6 }, actions: [crash({ tier: 'edge' })] },
    { name: 'back', load: { share: 0.15 }, holdS: { full: 30, quick: 8 }, actions: [replace({ tier: 'edge' })] },
  ],
  expectations: [
    noFailures({ phases: ['both', 'one dead', 'back'] }),
    fellBack({ phase: 'one dead', least: FELL_BACK }),
    siteBytes({ phase: 'one dead', than: 'both', least: 1.2, most: null }),
    edgeHits({ phase: 'back', least: 0.3, most: 1 }),
  ],
};
