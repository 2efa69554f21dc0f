import { noFailures, replicaLag, staleReads, type Experiment, type Phase } from '@loadstair/experiments';
import { set } from '@loadstair/operations';

const LOAD = { share: 0.2 };
const DELAY_MS = 1_000;
const phase = (name: string, rule: string, delayMs: number, quick: number | null): Phase => ({
  name,
  load: LOAD,
  holdS: { full: 25, quick },
  actions: [set({ set: [`db-replica.delay=${delayMs}ms`, `web.consistency=${rule}`] })],
});

/** Replicas replay a second late, as a busy or a far one would. Each comment is read again by its author at once. */
export const staleReplicas: Experiment = {
  name: 'stale-replicas',
  stage: 4,
  title: 'Reads from replicas that lag',
  happens:
    'Users comment and read the page again at once, while replicas replay one second late. At first no rule protects them; then authors read from the primary. The lab measures the replica lag and counts answers without the reader’s own comment.',
  takesS: { full: 150, quick: 55 },
  profile: 'talks',
  phases: [
    phase('late', 'none', DELAY_MS, 8),
    phase('late, from primary', 'after-write-primary', DELAY_MS, 8),
    phase('late, waited for', 'wait-for-lsn', DELAY_MS, null),
    phase('in time', 'none', 0, 8),
  ],
  expectations: [
    replicaLag({ phase: 'late', leastS: 0.8 * (DELAY_MS / 1000), mostS: 3 * (DELAY_MS / 1000) }),
    // Each comment is read again within milliseconds, and no replica has it for a second.
    staleReads({ phase: 'late', least: 5, most: null }),
    staleReads({ phase: 'late, from primary', least: 0, most: 0 }),
    staleReads({ phase: 'late, waited for', least: 0, most: 0 }),
    replicaLag({ phase: 'in time', leastS: 0, mostS: 0.5 * (DELAY_MS / 1000) }),
    noFailures({ phases: ['late', 'late, from primary', 'in time'] }),
  ],
};
