import { noFailures, nothingAnswered, wholeAgain, type Experiment } from '@loadstair/experiments';
import { powerLoss, powerOn } from '@loadstair/operations';

/** Answers it had sent on already. */
const UNDER_WAY_MS = 250;
/** It starts with all web servers in service, and takes connections when the action has ended. */
const SERVES_MS = 1_000;

/** Stages 3 to 6 have one balancer: behind it two web servers are alive and idle meanwhile. */
export const balancerDies: Experiment = {
  name: 'balancer-dies',
  stage: 3,
  title: 'The only balancer loses power',
  happens:
    'lb-1 loses power under load. Both web servers and the database keep running, but no user reaches them until lb-1 has power again: the balancer is a single point of failure.',
  takesS: { full: 100, quick: 45 },
  profile: 'reads',
  phases: [
    { name: 'before', load: { share: 0.2 }, holdS: { full: 15, quick: 4 } },
    { name: 'no balancer', load: { share: 0.2 }, holdS: { full: 20, quick: 6 }, actions: [powerLoss({ tier: 'lb' })] },
    { name: 'power is back', load: { share: 0.2 }, holdS: { full: 25, quick: 9 }, actions: [powerOn({ tier: 'lb' })] },
  ],
  expectations: [
    noFailures({ phases: ['before'] }),
    nothingAnswered({ from: powerLoss.name, until: powerOn.name, underWayMs: UNDER_WAY_MS }),
    wholeAgain({ after: powerOn.name, withinMs: SERVES_MS }),
  ],
};
