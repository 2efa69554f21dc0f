import { brokenSites } from '../broken-site.ts';
import { injections } from './injections.ts';

/** What people search for in this site (`./lab gameday`). */
export const broken = brokenSites(injections, [
  { level: 1, cause: 'cached-loop', sign: 'The event-loop delay of the web servers grows with load while their CPU has room.' },
  {
    level: 2,
    cause: 'cache-ttl',
    sign: 'The hit ratio is low because entries expire after a second; the replicas are busy reading them again.',
  },
  {
    level: 3,
    cause: 'cache-memory',
    sign: 'The CPU of the replicas is full, but only as a symptom: the cache evicts entries that users request again.',
  },
]);
