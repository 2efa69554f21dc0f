import { brokenSites } from '../broken-site.ts';
import { injections } from './injections.ts';

/** What people search for in this site (`./lab gameday`). */
export const broken = brokenSites(injections, [
  { level: 1, cause: 'cached-loop', sign: 'The delay of the event loops of the web servers grows with load while their CPU has room.' },
  {
    level: 2,
    cause: 'cache-ttl',
    sign: 'The hit ratio is low because entries expire after a second; replicas are busy with what the cache forgets.',
  },
  {
    level: 3,
    cause: 'cache-memory',
    sign: 'Replicas are full, which is the symptom: the cache evicts entries that users request again.',
  },
]);
