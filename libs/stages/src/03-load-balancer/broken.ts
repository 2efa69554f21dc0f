import { brokenSites } from '../broken-site.ts';
import { injections } from './injections.ts';

/** What people search for in this site (`./lab gameday`). */
export const broken = brokenSites(injections, [
  { level: 1, cause: 'lb-cpu', sign: 'The balancer uses all of its CPU while the hosts behind it have room.' },
  { level: 1, cause: 'web-cpu', sign: 'Each web server uses all of its CPU.' },
  { level: 2, cause: 'pool', sign: 'Requests wait for a connection to the database while every host has room: the pool is the queue.' },
  {
    level: 2,
    cause: 'slots',
    sign: 'Requests queue in the balancer while every host has room: it sends each web server one request at a time.',
  },
  {
    level: 3,
    cause: 'flapping',
    sign: 'Health checks fail in turn because blocked event loops answer none in time; servers that come and go are the symptom.',
  },
]);
