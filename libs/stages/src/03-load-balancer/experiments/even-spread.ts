import { noFailures, spreadsEvenly, type Experiment } from '@loadstair/experiments';

export const evenSpread: Experiment = {
  name: 'even-spread',
  stage: 3,
  title: 'The balancer spreads requests evenly',
  happens: 'Users read at half of the site’s capacity. The balancer’s own request counts are read for each web server.',
  takesS: { full: 85, quick: 30 },
  profile: 'reads',
  phases: [{ name: 'average load', load: { share: 0.5 }, holdS: { full: 30, quick: 6 } }],
  expectations: [spreadsEvenly({ phase: 'average load', tier: 'web', within: 0.05 }), noFailures({ phases: ['average load'] })],
};
