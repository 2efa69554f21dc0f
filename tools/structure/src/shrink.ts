import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { allowed, leftovers, shrunk, structure } from './structure.ts';

/** `npm run structure`: takes what is no longer needed off the list of what is allowed. */
const now = structure();
const before = allowed();
writeFileSync(join(import.meta.dirname, '..', 'allowed.json'), `${JSON.stringify(shrunk(now, before), null, 2)}\n`);
process.stdout.write(
  leftovers(now, before)
    .map((line) => `${line}\n`)
    .join(''),
);
