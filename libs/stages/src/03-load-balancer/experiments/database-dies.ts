import { BALANCER_LIMITS } from '@loadstair/components/declarations';
import { answersAgain, noFailures, nothingAnswered, wholeAgain, type Experiment } from '@loadstair/experiments';
import { powerLoss, powerOn } from '@loadstair/operations';
import { SITE_LIMITS } from '@loadstair/photo-site/limits';

/** Pages that web servers had read already and still render. */
const UNDER_WAY_MS = 1_000;
/**
 * A connection that a web server began to open before the power came back is given up after this time at the latest; then the next one opens,
 * the web server is ready, and the balancer’s next look sees that.
 */
const SERVES_MS = SITE_LIMITS.acquireMs + BALANCER_LIMITS.check.everyMs + BALANCER_LIMITS.check.answerMs;
const MARGIN_MS = 1_000;

/** Stage 4 gives the database replicas; until then its host is a single point of failure, whatever stands before it. */
export const databaseDies: Experiment = {
  name: 'database-dies',
  stage: 3,
  title: 'The only database loses power',
  happens:
    'db-1 loses power under load. The web servers and the balancer keep running, but cannot answer until db-1 has power again and has replayed its log.',
  takesS: { full: 120, quick: 58 },
  profile: 'reads',
  phases: [
    { name: 'before', load: { share: 0.2 }, holdS: { full: 15, quick: 4 } },
    { name: 'no database', load: { share: 0.2 }, holdS: { full: 25, quick: 8 }, actions: [powerLoss({ tier: 'db' })] },
    {
      name: 'power is back',
      load: { share: 0.2 },
      holdS: { full: 35, quick: 18 },
      actions: [powerOn({ tier: 'db' })],
      effectMs: SERVES_MS + MARGIN_MS,
    },
  ],
  expectations: [
    noFailures({ phases: ['before'] }),
    nothingAnswered({ from: powerLoss.name, until: powerOn.name, underWayMs: UNDER_WAY_MS }),
    wholeAgain({ after: powerOn.name, withinMs: SERVES_MS + MARGIN_MS }),
    answersAgain({ phase: 'power is back' }),
  ],
};
