import { answersAgain, downBetween, noFailures, type Experiment } from '@loadstair/experiments';
import { crash, replace } from '@loadstair/operations';

export const bigHostDies: Experiment = {
  name: 'big-host-dies',
  stage: 2,
  title: 'The only web server crashes',
  happens: 'web-1 crashes under load. However big the host is, the site is down until a new host replaces it.',
  takesS: { full: 100, quick: 35 },
  profile: 'pages',
  phases: [
    { name: 'before', load: { share: 0.4 }, holdS: { full: 20, quick: 4 } },
    { name: 'web-1 dead', load: { share: 0.4 }, holdS: { full: 15, quick: 3 }, actions: [crash({ tier: 'web' })] },
    { name: 'replaced by hand', load: { share: 0.4 }, holdS: { full: 25, quick: 6 }, actions: [replace({ tier: 'web' })] },
  ],
  expectations: [
    noFailures({ phases: ['before'] }),
    downBetween({ from: 'crash', until: 'replace' }),
    answersAgain({ phase: 'replaced by hand' }),
  ],
};
