import { brokenSites } from '../broken-site.ts';
import { injections } from './injections.ts';

/** What people search for in this site (`./lab gameday`). */
export const broken = brokenSites(injections, [
  { level: 1, cause: 'edge-cpu', sign: 'The edges use all of their CPU while the site has room.' },
  { level: 2, cause: 'edged-loop', sign: 'The event-loop delay of the web servers grows with load while their CPU has room.' },
  {
    level: 3,
    cause: 'edged-pool',
    sign: 'Writes wait for a connection to the database while every host has room; the slow answers of users in the west hide this wait.',
  },
]);
