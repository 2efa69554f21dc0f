import { BALANCER_LIMITS } from '@loadstair/components/declarations';
import { answersAgain, failuresWithin, longestWait, movedAway, noFailures, type Experiment } from '@loadstair/experiments';
import { powerLoss, replace } from '@loadstair/operations';
import { DATABASE_NOTICED_MS, SITE_LIMITS } from '@loadstair/photo-site/limits';

/** Web servers that got no answer from it meanwhile, and failed the balancer’s looks, are back with the next look. */
const WINDOW_MS = DATABASE_NOTICED_MS + BALANCER_LIMITS.check.everyMs;
const MARGIN_MS = 500;

/** The other death of replica-dies: nobody is told, so reads wait for the silent replica and hold the connections that others need. */
export const replicaSilent: Experiment = {
  name: 'replica-silent',
  stage: 4,
  title: 'A replica loses power under load',
  happens:
    'A replica falls silent. Reads wait for it until the site’s health checks have failed, then go to the other replica. A new replica is built.',
  takesS: { full: 130, quick: 55 },
  profile: 'reads',
  phases: [
    { name: 'two replicas', load: { share: 0.3 }, holdS: { full: 20, quick: 4 } },
    {
      name: 'one silent',
      load: { share: 0.3 },
      holdS: { full: 25, quick: 12 },
      actions: [powerLoss({ tier: 'db-replica' })],
      effectMs: WINDOW_MS + MARGIN_MS,
    },
    { name: 'fresh one', load: { share: 0.3 }, holdS: { full: 25, quick: 8 }, actions: [replace({ tier: 'db-replica' })] },
  ],
  expectations: [
    noFailures({ phases: ['two replicas'] }),
    failuresWithin({ action: 'power-loss', windowMs: WINDOW_MS, marginMs: MARGIN_MS }),
    longestWait({ action: 'power-loss', windowMs: WINDOW_MS, least: SITE_LIMITS.look.answerMs, most: WINDOW_MS + MARGIN_MS }),
    movedAway({ phase: 'one silent', tier: 'db-replica' }),
    answersAgain({ phase: 'one silent' }),
    noFailures({ phases: ['fresh one'] }),
  ],
};
