import { CRASH_NOTICED_MS } from '@loadstair/components/declarations';
import { answersAgain, failuresWithin, longestWait, movedAway, noFailures, type Experiment } from '@loadstair/experiments';
import { crash, replace } from '@loadstair/operations';
import { LOOK_MARGIN_MS } from '../look-margin.ts';

/** The other death of kill-web: its kernel refuses at once whoever connects, so that the balancer can ask web-2 instead. */
export const crashWeb: Experiment = {
  name: 'crash-web',
  stage: 3,
  title: 'A web server crashes under load',
  happens:
    'The site on web-1 crashes. The kernel of web-1 refuses connections, so the balancer sends requests to web-2. Then a new server replaces web-1.',
  takesS: { full: 115, quick: 40 },
  profile: 'reads',
  phases: [
    { name: 'both', load: { share: 0.5 }, holdS: { full: 20, quick: 3 } },
    { name: 'one dead', load: { share: 0.5 }, holdS: { full: 20, quick: 5 }, actions: [crash({ tier: 'web' })] },
    { name: 'fresh one', load: { share: 0.5 }, holdS: { full: 20, quick: 7 }, actions: [replace({ tier: 'web' })] },
  ],
  expectations: [
    noFailures({ phases: ['both'] }),
    failuresWithin({ action: 'crash', windowMs: CRASH_NOTICED_MS, marginMs: LOOK_MARGIN_MS }),
    longestWait({ action: 'crash', windowMs: CRASH_NOTICED_MS, least: 0, most: CRASH_NOTICED_MS + LOOK_MARGIN_MS }),
    movedAway({ phase: 'one dead', tier: 'web' }),
    answersAgain({ phase: 'one dead' }),
    noFailures({ phases: ['fresh one'] }),
  ],
};
