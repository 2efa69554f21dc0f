import { answersAgain, failuresWithin, movedAway, noFailures, spreadsEvenly, type Experiment } from '@loadstair/experiments';
import { kill, replace } from '@loadstair/operations';

/** The balancer looks every 500 ms and takes a server out after two looks that failed (haproxy/config.ts). */
const HEALTH_CHECK_MS = 2 * 500;
/** The balancer may stand still for its CPU budget, at most a period of 100 ms at each look, and a failed try takes its time. */
const MARGIN_MS = 250;

/**
 * Reads need no session. The site keeps sessions in its servers’ memory and the balancer pins who signed in, so users of a
 * dead server are signed out: stage 7 is about that, and this experiment is not.
 */
export const killWeb: Experiment = {
  name: 'kill-web',
  stage: 3,
  title: 'A web server dies under load',
  happens: 'web-1 loses power; traffic moves to web-2; a fresh server takes web-1’s place and gets its share.',
  takesS: { full: 120, quick: 40 },
  profile: 'reads',
  phases: [
    { name: 'both', load: { share: 0.5 }, holdS: { full: 20, quick: 3 } },
    { name: 'one dead', load: { share: 0.5 }, holdS: { full: 20, quick: 5 }, actions: [kill({ tier: 'web' })] },
    { name: 'fresh one', load: { share: 0.5 }, holdS: { full: 25, quick: 9 }, actions: [replace({ tier: 'web' })] },
  ],
  expectations: [
    noFailures({ phases: ['both'] }),
    failuresWithin({ action: 'kill', windowMs: HEALTH_CHECK_MS, marginMs: MARGIN_MS }),
    movedAway({ phase: 'one dead', tier: 'web' }),
    answersAgain({ phase: 'one dead' }),
    noFailures({ phases: ['fresh one'] }),
    spreadsEvenly({ phase: 'fresh one', tier: 'web', within: 0.05 }),
  ],
};
