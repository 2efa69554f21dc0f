import { BALANCER_LIMITS, SILENCE_NOTICED_MS } from '@loadstair/components/declarations';
import { answersAgain, failuresWithin, longestWait, movedAway, noFailures, spreadsEvenly, type Experiment } from '@loadstair/experiments';
import { powerLoss, replace } from '@loadstair/operations';
import { LOOK_MARGIN_MS } from '../look-margin.ts';

/**
 * Reads need no session. The site keeps sessions in its servers’ memory and the balancer pins who signed in, so users of a
 * dead server are signed out: stage 7 is about that, and this experiment is not.
 */
export const killWeb: Experiment = {
  name: 'kill-web',
  stage: 3,
  title: 'A web server loses power under load',
  happens:
    'web-1 falls silent. Its requests wait until the balancer’s health checks have failed, then traffic moves to web-2. A new server replaces web-1 and gets its share.',
  takesS: { full: 120, quick: 45 },
  profile: 'reads',
  phases: [
    { name: 'both', load: { share: 0.5 }, holdS: { full: 20, quick: 3 } },
    {
      name: 'one dead',
      load: { share: 0.5 },
      holdS: { full: 20, quick: 8 },
      actions: [powerLoss({ tier: 'web' })],
      effectMs: SILENCE_NOTICED_MS + LOOK_MARGIN_MS,
    },
    { name: 'fresh one', load: { share: 0.5 }, holdS: { full: 25, quick: 9 }, actions: [replace({ tier: 'web' })] },
  ],
  expectations: [
    noFailures({ phases: ['both'] }),
    failuresWithin({ action: 'power-loss', windowMs: SILENCE_NOTICED_MS, marginMs: LOOK_MARGIN_MS }),
    // Who is not connected in time is sent elsewhere, and waited for that.
    longestWait({
      action: 'power-loss',
      windowMs: SILENCE_NOTICED_MS,
      least: BALANCER_LIMITS.connectMs,
      most: SILENCE_NOTICED_MS + LOOK_MARGIN_MS,
    }),
    movedAway({ phase: 'one dead', tier: 'web' }),
    answersAgain({ phase: 'one dead' }),
    noFailures({ phases: ['fresh one'] }),
    spreadsEvenly({ phase: 'fresh one', tier: 'web', within: 0.05 }),
  ],
};
