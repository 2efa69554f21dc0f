import type { TestQuestion } from '@loadstair/labs';

/** Ten questions about scaling, taken before the labs and again after them. None of them is about a number of this lab. */
export const KNOWLEDGE_TEST: readonly TestQuestion[] = [
  {
    key: 'wrong-tier',
    ask: 'At the highest load that meets the SLO, the web tier of a site uses 95 % of its CPU and the database 40 %. You double the CPU of the database. What happens to this highest load?',
    options: [
      { value: 'same', label: 'it stays about the same' },
      { value: 'half', label: 'it grows by half' },
      { value: 'double', label: 'it doubles' },
    ],
    right: 'same',
    because: 'The first resource to run out limits the whole site; room elsewhere changes nothing.',
  },
  {
    key: 'utilisation',
    ask: 'The utilisation of a server rises from 50 % to 95 %. What happens to the time that requests wait for the server?',
    options: [
      { value: 'double', label: 'it about doubles' },
      { value: 'many', label: 'it grows many times over' },
      { value: 'same', label: 'it stays the same below 100 %' },
    ],
    right: 'many',
    because: 'The waiting time grows with utilisation ÷ (1 − utilisation): from 1 at 50 % to 19 at 95 %.',
  },
  {
    key: 'pool',
    ask: 'A pool of database connections is full, and each connection is held ten times as long as at low load. What is the likely cause?',
    options: [
      { value: 'small', label: 'the pool is too small' },
      { value: 'leak', label: 'the site opens too many connections' },
      { value: 'behind', label: 'something behind the pool is slow' },
    ],
    right: 'behind',
    because: 'A pool whose connections are held much longer than at low load is a symptom: they wait for what is behind the pool.',
  },
  {
    key: 'silent',
    ask: 'A web server loses power. How does the balancer notice?',
    options: [
      { value: 'kernel', label: 'the kernel of the server refuses connections at once' },
      { value: 'timeout', label: 'connections and health checks that time out' },
      { value: 'dns', label: 'the name server removes its address' },
    ],
    right: 'timeout',
    because: 'A host without power answers nothing; only a timeout tells it from a slow one.',
  },
  {
    key: 'lost',
    ask: 'Replication is asynchronous, and the primary dies for good. Which writes can be missing on the replica that takes over?',
    options: [
      { value: 'none', label: 'none that was acknowledged' },
      { value: 'recent', label: 'the latest ones, acknowledged ones among them' },
      { value: 'all', label: 'all since the last backup' },
    ],
    right: 'recent',
    because: 'The primary acknowledges a write before the replica has it. Writes that were still under way are lost.',
  },
  {
    key: 'stale',
    ask: 'A user posts a comment, and the next page is read from a replica that lags by two seconds. What may the user see?',
    options: [
      { value: 'without', label: 'the page without the comment' },
      { value: 'error', label: 'an error' },
      { value: 'waits', label: 'the page with the comment, two seconds later' },
    ],
    right: 'without',
    because: 'A replica answers from what it has replayed; it does not know that something is missing.',
  },
  {
    key: 'hits',
    ask: 'The hit ratio of a cache rises from 90 % to 95 %. What happens to the reads that reach the database?',
    options: [
      { value: 'half', label: 'they fall by half' },
      { value: 'little', label: 'they fall by 5 %' },
      { value: 'tenth', label: 'they fall to a tenth' },
    ],
    right: 'half',
    because: 'The database sees the misses, and these fall from 10 % to 5 %.',
  },
  {
    key: 'cache-dies',
    ask: 'One of two cache servers dies at full load. What is in danger first?',
    options: [
      { value: 'memory', label: 'the memory of the other cache server' },
      { value: 'database', label: 'the databases behind the cache' },
      { value: 'data', label: 'the data that only the dead server had' },
    ],
    right: 'database',
    because: 'The databases must suddenly read everything that the dead server held, and they were sized for the misses alone.',
  },
  {
    key: 'edge-miss',
    ask: 'A user asks a nearby edge for a picture that the edge does not have. Compared with asking the distant site itself, how long does it take?',
    options: [
      { value: 'faster', label: 'much shorter: the edge is near' },
      { value: 'never', label: 'the edge answers that there is no such picture' },
      { value: 'same', label: 'about as long: the edge asks the site' },
    ],
    right: 'same',
    because: 'The first request for a file pays for the whole way; the next ones are near.',
  },
  {
    key: 'sticky',
    ask: 'Most users carry a cookie that binds them to the first of two web servers, and this server is full. You add a third server. Which server does it relieve at once?',
    options: [
      { value: 'all', label: 'both, by a third each' },
      { value: 'first', label: 'the first one, which is full' },
      { value: 'nobody', label: 'hardly any: bound users stay on their server' },
    ],
    right: 'nobody',
    because: 'A balancer that keeps users on their server sends only new users to the new server.',
  },
];
