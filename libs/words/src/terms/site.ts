import type { Term } from '../term.ts';

/** The hosts of the site and how they work together. */
export const SITE_TERMS: readonly Term[] = [
  {
    term: 'stage',
    also: ['stages'],
    meaning: 'One step in the growth of the site: a topology, its experiments and its guided lab.',
  },
  {
    term: 'topology',
    also: ['topologies'],
    meaning: 'The tiers of a site, the number and size of their hosts, and which tier calls which.',
  },
  {
    term: 'host',
    also: ['hosts'],
    meaning: 'A server of the site: processes with a CPU budget, a memory limit and an address of their own.',
  },
  { term: 'tier', also: ['tiers'], meaning: 'Hosts that do the same work, such as all web servers.' },
  {
    term: 'lab CPU',
    also: ['lab CPUs'],
    meaning: 'The unit of CPU budgets: 10 % of one core.',
  },
  {
    term: 'throttled',
    also: ['throttling'],
    meaning: 'Paused for the rest of a 100 ms CPU period because the host has used up its CPU budget for that period.',
    avoid: ['stopped by its limit', 'stopped by the limit'],
  },
  {
    term: 'steal',
    meaning: 'CPU time that the hypervisor gave to other virtual machines while this one wanted to run.',
  },
  {
    term: 'I/O stall',
    meaning: 'The share of time in which at least one process waits for a disk.',
  },
  {
    term: 'garbage collection',
    meaning: 'Freeing memory that a program no longer uses; the program pauses or gives up CPU for it.',
  },
  {
    term: 'connection pool',
    also: ['pool'],
    meaning: 'The connections a web server keeps open to a database; a request waits when all are in use.',
  },
  {
    term: 'connection limit',
    meaning: 'The number of connections that a database accepts from all its clients together; it refuses more.',
  },
  {
    term: 'event loop',
    meaning: 'The one thread on which a Node.js program handles all requests in turn.',
  },
  {
    term: 'health check',
    also: ['health checks'],
    meaning: 'A request that a program sends at regular intervals to learn whether a host can answer.',
    avoid: ["balancer's looks", 'balancer’s looks', 'site’s looks'],
  },
  {
    term: 'load balancer',
    also: ['balancer'],
    meaning: 'The program that receives all requests and passes each to one of several servers.',
  },
  {
    term: 'sticky session',
    also: ['sticky', 'stickiness'],
    meaning: 'A cookie with which the balancer sends a user to the same web server every time.',
  },
  {
    term: 'single point of failure',
    meaning: 'A part that every request needs and that exists only once: without it, the site is down.',
  },
  { term: 'drained', also: ['draining'], meaning: 'A drained server gets no new requests, and finishes those it has.' },
  { term: 'primary', meaning: 'The database host that accepts writes; the other hosts of its group are replicas.' },
  { term: 'replica', also: ['replicas'], meaning: 'A copy of the primary that follows it through the write-ahead log and answers reads.' },
  {
    term: 'replica lag',
    also: ['lag'],
    meaning: 'How far a replica is behind the primary, in seconds.',
    avoid: ['hardly behind'],
  },
  {
    term: 'acknowledged write',
    also: ['acknowledged', 'acknowledged writes'],
    meaning: 'A write whose success was reported to the client.',
    avoid: ['promised write', 'promised writes', 'promised row', 'promised rows'],
  },
  { term: 'lost write', also: ['lost writes'], meaning: 'An acknowledged write that no database host has any more.' },
  {
    term: 'failover',
    also: ['failed over', 'promoted', 'promotion'],
    meaning:
      'Another host takes over the work of a dead one. In a database group a replica becomes the primary, and all programs write to it.',
  },
  { term: 'hit', also: ['hits'], meaning: 'A lookup that the cache or edge answers itself.' },
  { term: 'miss', also: ['misses'], meaning: 'A lookup that the cache or edge must pass on, because it has no valid entry.' },
  { term: 'hit ratio', meaning: 'Hits divided by all lookups.' },
  { term: 'TTL', also: ['time to live'], meaning: 'Time to live: how long an entry may be used after it was stored.' },
  {
    term: 'stale',
    also: ['stale answer', 'stale answers', 'stale read'],
    meaning: 'Older than the latest write that the reader should see.',
  },
  { term: 'invalidation', also: ['invalidate'], meaning: 'Deleting cache entries that a write has made out of date.' },
  {
    term: 'cache-aside',
    meaning:
      'A caching strategy: after a miss the reader gets its answer and the entry is stored afterwards; a write deletes the entries it changes.',
  },
  {
    term: 'read-through',
    meaning: 'A caching strategy: as cache-aside, but after a miss the entry is stored before the reader gets its answer.',
  },
  {
    term: 'write-through',
    meaning: 'A caching strategy: a write is acknowledged when both the database and the cache have the new value.',
  },
  {
    term: 'write-behind',
    meaning: 'A caching strategy: a write is acknowledged when the cache has it, and the database gets it later.',
  },
  { term: 'eviction', also: ['evicted'], meaning: 'Deleting entries to make room when memory is full.' },
  {
    term: 'edge',
    also: ['edges', 'CDN'],
    meaning: 'A server of the content delivery network that stands near users and keeps copies of files.',
  },
  { term: 'origin', meaning: 'The site itself, from which edges fetch the files they do not have.' },
  { term: 'purge', meaning: 'Deleting a file from every edge before its TTL ends.' },
  { term: 'region', also: ['regions'], meaning: 'A place where users or hosts are; the distance between two regions is emulated.' },
];
