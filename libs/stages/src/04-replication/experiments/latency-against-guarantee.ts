import { noFailures, slowerWrites, WRITE_MEDIAN, type Experiment } from '@loadstair/experiments';
import { guarantee } from '@loadstair/operations';

/** The same load all the time; only how many replicas must have a commit on disk before it is answered changes. */
export const latencyAgainstGuarantee: Experiment = {
  name: 'latency-against-guarantee',
  stage: 4,
  title: 'Latency of synchronous replication',
  happens:
    'Commits wait for no replica, then for one of two, then for both. The latency of writes is plotted against the number of replicas.',
  takesS: { full: 150, quick: 50 },
  profile: 'writes',
  phases: [
    { name: 'asynchronous', load: { share: 0.25 }, holdS: { full: 25, quick: 9 }, actions: [guarantee({ sync: 0 })] },
    { name: 'one of two', load: { share: 0.25 }, holdS: { full: 25, quick: 9 }, actions: [guarantee({ sync: 1 })] },
    { name: 'both', load: { share: 0.25 }, holdS: { full: 25, quick: 9 }, actions: [guarantee({ sync: 2 })] },
  ],
  expectations: [
    noFailures({ phases: ['asynchronous', 'one of two', 'both'] }),
    slowerWrites({ phase: 'one of two', than: 'asynchronous' }),
    slowerWrites({ phase: 'both', than: 'asynchronous' }),
  ],
  curve: {
    over: 'number of replicas that a commit waits for',
    unit: '',
    at: { asynchronous: 0, 'one of two': 1, both: 2 },
    lines: [WRITE_MEDIAN],
  },
};
