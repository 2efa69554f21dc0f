import { noFailures, spreadsEvenly, type Experiment } from '@loadstair/experiments';
import { scale } from '@loadstair/operations';

/** Reads need no session, so that every server can answer every request (see kill-web). */
export const addWeb: Experiment = {
  name: 'add-web',
  stage: 3,
  title: 'Web servers are added and removed',
  happens: 'A third web server joins, and the balancer gives it its share of requests. Then it is drained and removed.',
  takesS: { full: 120, quick: 40 },
  profile: 'reads',
  phases: [
    { name: 'two', load: { share: 0.5 }, holdS: { full: 15, quick: 3 } },
    { name: 'three', load: { share: 0.5 }, holdS: { full: 30, quick: 10 }, actions: [scale({ tier: 'web', count: 3 })] },
    { name: 'two again', load: { share: 0.5 }, holdS: { full: 20, quick: 5 }, actions: [scale({ tier: 'web', count: 2 })] },
  ],
  expectations: [
    noFailures({ phases: ['two', 'three'] }),
    spreadsEvenly({ phase: 'three', tier: 'web', within: 0.05 }),
    noFailures({ phases: ['two again'] }),
    spreadsEvenly({ phase: 'two again', tier: 'web', within: 0.05 }),
  ],
};
