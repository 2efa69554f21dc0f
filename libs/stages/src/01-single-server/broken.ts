import { brokenSites } from '../broken-site.ts';
import { injections } from './injections.ts';

/** What people search for in this site (`./lab gameday`). */
export const broken = brokenSites(injections, [
  { level: 1, cause: 'server-cpu', sign: 'The one host uses all of its CPU at a load that the unchanged site takes easily.' },
  {
    level: 2,
    cause: 'server-loop',
    sign: 'The delay of the event loop grows with load while the CPU has room: something blocks the thread.',
  },
  {
    level: 3,
    cause: 'server-lock',
    sign: 'The pool is full because each connection waits for the same row: the time spent waiting for locks grows, and nothing else is busy.',
  },
]);
