import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  busyShare,
  cpuShareGuess,
  cpuShareRead,
  defineLab,
  highestHeld,
  hostCount,
  limitingResource,
  limitLoad,
  loadOfSplitRead,
  programsOn,
  transfer,
} from '@loadstair/labs';
import { cpuSplit } from './experiments/cpu-split.ts';
import { topology } from './stage.ts';

const KINDS = ['cpu', 'memory', 'disk', 'pool', 'event-loop', 'lock'] as const;
const NAME_STEP = { stage: 1, step: 'name', says: 'what ./lab visit prints, in step 2' } as const;

const needed = transfer({
  about: 'What the name server gives',
  options: { address: 'the IP address of the site', page: 'the HTML of the page', session: 'the session of the user' },
  right: 'address',
  because: 'HTTP requests are sent to an address; a name alone leads nowhere.',
  means: ['A name server knows which IP addresses belong to a name.', 'It knows nothing about pages, users or databases.'],
  seenIn: NAME_STEP,
});

const format = transfer({
  about: 'Answer to the app',
  options: { html: 'an HTML page', json: 'a JSON object', both: 'HTML with JSON in it' },
  right: 'json',
  because: 'The app draws its own screens, so it asks for data and not for a page.',
  means: [
    'A client says in the Accept header which formats it can use.',
    'A server can answer requests for one address in more than one format.',
  ],
  seenIn: NAME_STEP,
});

const shop = transfer({
  options: {
    memory: 'twice the memory',
    disk: 'a faster disk',
    database: 'a second host, for the database',
    timeout: 'a longer timeout for requests',
  },
  right: 'database',
  because: 'The CPU has run out. Only the second host brings more CPU; none of the other changes does.',
  means: [
    'The first resource to run out limits the whole site.',
    'A change helps when it adds to that resource, or when each request uses less of that resource.',
  ],
  seenIn: { stage: 1, step: 'limit', says: 'step 4: what ran out, and what had room' },
});

export const lab = defineLab(topology, readFileSync(join(import.meta.dirname, 'guide.md'), 'utf8'), [
  { id: 'look', action: { kind: 'look' }, check: { hosts: hostCount(), programs: programsOn('server') } },
  { id: 'name', action: { kind: 'look' }, check: { needed, format } },
  {
    id: 'split',
    action: { kind: 'experiment', experiment: cpuSplit },
    predict: { database: cpuShareGuess('database') },
    check: { web: cpuShareRead('web', 'web application'), half: loadOfSplitRead() },
  },
  {
    id: 'limit',
    action: { kind: 'run', stage: 1, set: [] },
    predict: { resource: limitingResource(KINDS), load: limitLoad() },
    check: { named: limitingResource(KINDS), held: highestHeld(), busy: busyShare(), transfer: shop },
  },
]);
