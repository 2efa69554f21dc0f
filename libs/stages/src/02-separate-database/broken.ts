import { brokenSites } from '../broken-site.ts';
import { injections } from './injections.ts';

/** What people search for in this site (`./lab gameday`). */
export const broken = brokenSites(injections, [
  { level: 1, cause: 'loop', sign: 'The delay of the event loop of the web server grows with load while its CPU has room.' },
  { level: 1, cause: 'db-cpu', sign: 'The database uses all of its CPU, and the web server only waits for it.' },
  {
    level: 2,
    cause: 'lock',
    sign: 'Writes wait for a lock on one row: the time spent waiting for locks grows while the CPU of the database has room.',
  },
  {
    level: 2,
    cause: 'disk',
    sign: 'Commits wait until their log is written: the disk of the database is saturated while its CPU has room.',
  },
  { level: 3, cause: 'heap', sign: 'The web server is busy, and most of its work is garbage collection: its heap is full.' },
  { level: 3, cause: 'web-and-db', sign: 'Both hosts run out at the same load: relieving one alone gains nothing.' },
]);
