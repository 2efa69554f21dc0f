import { databaseCapacity, dividesWork, noFailures, spreadsEvenly, type Experiment, type Phase } from '@loadstair/experiments';
import { resize, set } from '@loadstair/operations';

const LOAD = { share: 0.3 };
const reading = (name: string, rule: string): Phase => ({
  name,
  load: LOAD,
  holdS: { full: 25, quick: 9 },
  actions: [set({ set: [`web.consistency=${rule}`] })],
});

/**
 * The same site and the same reads, and database hosts of one size, so that only their number differs: first everybody reads from the primary, as if there were no replicas, then from the replicas. In the
 * last phase users write as well: who has written reads from the primary for some seconds.
 */
export const withAndWithoutReplicas: Experiment = {
  name: 'with-and-without-replicas',
  stage: 4,
  title: 'Reads with and without replicas',
  happens:
    'Replicas get hosts of the primary’s size. In one phase all reads go to the primary, in the next to the two replicas. The lab compares the loads at which the first database host would be full. Then some users write, and the lab counts reads and writes on each database host.',
  takesS: { full: 125, quick: 52 },
  profile: 'reads',
  first: [resize({ tier: 'db-replica', like: 'db' })],
  phases: [
    reading('without', 'primary'),
    reading('with', 'after-write-primary'),
    { name: 'writes as well', load: LOAD, holdS: { full: 25, quick: 9 }, journeys: { explore: 0.4, read: 0.3, engage: 0.3 } },
  ],
  expectations: [
    noFailures({ phases: ['without', 'with', 'writes as well'] }),
    databaseCapacity({ phase: 'with', than: 'without', least: 1.3, most: null }),
    spreadsEvenly({ phase: 'with', tier: 'db-replica', within: 0.05 }),
    dividesWork({ phase: 'writes as well', writers: 'db', readers: 'db-replica', leastReads: 0.6 }),
  ],
};
