import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { REPO_FOLDER } from '@loadstair/lab-api/folders';
import { commandsPage } from './commands-page.ts';

/** `npm run docs` writes this page too. */
writeFileSync(join(REPO_FOLDER, 'docs/reference/commands.md'), await commandsPage());
