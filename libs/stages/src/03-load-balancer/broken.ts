import { brokenSites } from '../broken-site.ts';
import { injections } from './injections.ts';

/** What people search for in this site (`./lab gameday`). */
export const broken = brokenSites(injections, [
  { level: 1, cause: 'lb-cpu', sign: 'The balancer uses all of its CPU while the hosts behind it have room.' },
  { level: 1, cause: 'web-cpu', sign: 'Each web server uses all of its CPU.' },
  { level: 2, cause: 'pool', sign: 'Requests wait for a connection to the database while every host has room: the pool is too small.' },
  {
    level: 2,
    cause: 'slots',
    sign: 'Requests queue in the balancer while every host has room: it sends each web server one request at a time.',
  },
  {
    level: 3,
    cause: 'flapping',
    sign: 'Blocked event loops answer no health check in time, so the balancer takes servers out in turn. Servers that come and go are the symptom.',
  },
]);
