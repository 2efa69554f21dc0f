import { noFailures, splitsCpu, type Experiment } from '@loadstair/experiments';

export const cpuSplit: Experiment = {
  name: 'cpu-split',
  stage: 1,
  title: 'Web and database share one CPU',
  happens: 'Users browse and read at half of the host’s capacity. The lab measures the CPU time that each of the two programs uses.',
  takesS: { full: 75, quick: 30 },
  profile: 'shared-host',
  phases: [{ name: 'average load', load: { share: 0.5 }, holdS: { full: 30, quick: 8 } }],
  expectations: [splitsCpu({ phase: 'average load', tier: 'server', least: 0.1 }), noFailures({ phases: ['average load'] })],
};
