import { capacityRatio, refuses, type Experiment, type Phase } from '@loadstair/experiments';
import { resize, scale } from '@loadstair/operations';
import { BIGGEST } from '@loadstair/topology';

/** Only the web tier is sized here; what else the site needs is the same in every phase. */
const priced = (count: number, cpu: number): Phase['priced'] => ({
  stage: 3,
  set: [`web.count=${count}`, `web.cpu=${cpu}`],
  tiers: ['web'],
});

/**
 * Both ways are measured behind the same balancer and on the same database, one after the other on one site, so that only
 * size and number differ. It begins with three warm web servers, whose limit is the load 1; every share lies at seven tenths of
 * what its size and number should hold. Every host gets its budget in proportion, and may save up one period of it.
 */
export const verticalAgainstHorizontal: Experiment = {
  name: 'vertical-against-horizontal',
  stage: 2,
  runsOn: 3,
  title: 'One bigger host, or more hosts',
  happens:
    'The web tier shrinks from 3 small hosts to 2 and to 1. Then the one host is doubled up to the biggest size on offer, and the next doubling is attempted.',
  takesS: { full: 200, quick: 65 },
  profile: 'pages',
  first: [resize({ tier: 'db', cpu: BIGGEST.cpu }), scale({ tier: 'web', count: 3 })],
  phases: [
    { name: '3 hosts of 1 lab CPU', load: { share: 0.7 }, holdS: { full: 20, quick: 10 }, priced: priced(3, 1) },
    {
      name: '2 hosts of 1 lab CPU',
      load: { share: 0.47 },
      holdS: { full: 20, quick: null },
      actions: [scale({ tier: 'web', count: 2 })],
      priced: priced(2, 1),
    },
    {
      name: '1 host of 1 lab CPU',
      load: { share: 0.23 },
      // The fewest arrivals a second, and every ratio is of it.
      holdS: { full: 30, quick: 16 },
      actions: [scale({ tier: 'web', count: 1 })],
      priced: priced(1, 1),
    },
    {
      name: '1 host of 2 lab CPUs',
      load: { share: 0.47 },
      holdS: { full: 20, quick: null },
      actions: [resize({ tier: 'web', cpu: 2 })],
      priced: priced(1, 2),
    },
    {
      name: '1 host of 4 lab CPUs',
      load: { share: 0.93 },
      holdS: { full: 20, quick: 8 },
      actions: [resize({ tier: 'web', cpu: BIGGEST.cpu }), resize({ tier: 'web', cpu: 2 * BIGGEST.cpu })],
      priced: priced(1, BIGGEST.cpu),
    },
  ],
  expectations: [
    capacityRatio({ tier: 'web', phase: '1 host of 2 lab CPUs', to: '1 host of 1 lab CPU', least: 1.5, most: 2.8 }),
    // More than ×4: the small host is stopped in most periods, and pays for it with each arrival (×5.0 to ×6.7 measured).
    capacityRatio({ tier: 'web', phase: '1 host of 4 lab CPUs', to: '1 host of 1 lab CPU', least: 3, most: 8 }),
    refuses({ action: 'resize' }),
    capacityRatio({ tier: 'web', phase: '2 hosts of 1 lab CPU', to: '1 host of 1 lab CPU', least: 1.5, most: 2.6 }),
    capacityRatio({ tier: 'web', phase: '3 hosts of 1 lab CPU', to: '1 host of 1 lab CPU', least: 2.2, most: 3.8 }),
  ],
};
