import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { generatedPages } from './pages.ts';
import { REPOSITORY } from './repository.ts';

const pages = await generatedPages();

it.each([...pages.keys()])('%s is current: npm run docs writes it', (path) => {
  expect(readFileSync(join(REPOSITORY, path), 'utf8')).toBe(pages.get(path));
});
