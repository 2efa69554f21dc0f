import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generatedPages } from './pages.ts';
import { REPOSITORY } from './repository.ts';

/** `npm run docs`: writes the generated pages of docs/reference. */
for (const [path, text] of await generatedPages()) writeFileSync(join(REPOSITORY, path), text);
