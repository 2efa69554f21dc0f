import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { REPO_FOLDER } from '@loadstair/lab-api/folders';
import { commandsPage } from './commands-page.ts';
import { LISTED } from './commands/table.ts';

it('docs/reference/commands.md has the help of every command as it is now: npm run docs writes it', async () => {
  const page = await commandsPage();
  const names = LISTED.filter(({ hidden }) => hidden !== true).map(({ name }) => name);
  expect([...page.matchAll(/^### \.\/lab (\S+)$/gm)].map(([, name]) => name)).toEqual(names);
  expect(readFileSync(join(REPO_FOLDER, 'docs/reference/commands.md'), 'utf8')).toBe(page);
});
