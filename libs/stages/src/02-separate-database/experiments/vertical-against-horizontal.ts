import { BIGGEST } from '@loadstair/topology';
import type { Experiment } from '@loadstair/analysis';

/**
 * Both ways are measured behind the same balancer and on the same database, one after the other on one site, so that only
 * size and number differ. The shares lie at seven tenths of what each should hold: two hosts of 1 lab CPU hold 1.
 */
export const verticalAgainstHorizontal: Experiment = {
  name: 'vertical-against-horizontal',
  stage: 2,
  runsOn: 3,
  title: 'A bigger host, or more hosts',
  happens: 'The web tier is 3, 2 and 1 small hosts; then the one is doubled until the biggest size there is, and asked to double again.',
  takesS: { full: 200, quick: 75 },
  profile: 'pages',
  phases: [
    {
      name: '2 hosts of 1 lab CPU',
      load: { share: 0.7 },
      holdS: { full: 20, quick: 7 },
      actions: [{ do: 'resize', tier: 'db', cpu: BIGGEST.cpu }],
      priced: { stage: 3, set: ['web.count=2', `db.cpu=${BIGGEST.cpu}`] },
    },
    {
      name: '3 hosts of 1 lab CPU',
      load: { share: 1.05 },
      holdS: { full: 30, quick: null },
      actions: [{ do: 'scale', tier: 'web', count: 3 }],
      priced: { stage: 3, set: ['web.count=3', `db.cpu=${BIGGEST.cpu}`] },
    },
    {
      name: '1 host of 1 lab CPU',
      load: { share: 0.35 },
      holdS: { full: 25, quick: 9 },
      actions: [{ do: 'scale', tier: 'web', count: 1 }],
      priced: { stage: 2, set: ['web.cpu=1', `db.cpu=${BIGGEST.cpu}`] },
    },
    {
      name: '1 host of 2 lab CPUs',
      load: { share: 0.7 },
      holdS: { full: 20, quick: null },
      actions: [{ do: 'resize', tier: 'web', cpu: 2 }],
      priced: { stage: 2, set: ['web.cpu=2', `db.cpu=${BIGGEST.cpu}`] },
    },
    {
      name: '1 host of 4 lab CPUs',
      load: { share: 1.4 },
      holdS: { full: 20, quick: 7 },
      actions: [
        { do: 'resize', tier: 'web', cpu: BIGGEST.cpu },
        { do: 'resize', tier: 'web', cpu: 2 * BIGGEST.cpu },
      ],
      priced: { stage: 2, set: [`web.cpu=${BIGGEST.cpu}`, `db.cpu=${BIGGEST.cpu}`] },
    },
  ],
  expectations: [
    { kind: 'capacity-ratio', tier: 'web', phase: '1 host of 2 lab CPUs', to: '1 host of 1 lab CPU', least: 1.5, most: 2.6 },
    { kind: 'capacity-ratio', tier: 'web', phase: '1 host of 4 lab CPUs', to: '1 host of 1 lab CPU', least: 3, most: 5.2 },
    { kind: 'refuses', action: 'resize' },
    { kind: 'capacity-ratio', tier: 'web', phase: '2 hosts of 1 lab CPU', to: '1 host of 1 lab CPU', least: 1.5, most: 2.6 },
    { kind: 'capacity-ratio', tier: 'web', phase: '3 hosts of 1 lab CPU', to: '1 host of 1 lab CPU', least: 2.2, most: 3.8 },
    { kind: 'no-dearer', tier: 'web', phase: '1 host of 2 lab CPUs', than: '2 hosts of 1 lab CPU' },
  ],
};
