import { expect, it } from '@jest/globals';
import { readFiles } from './repository.ts';

const INDEX = 'docs/decisions/README.md';
const PARTS = ['Status', 'Context', 'Decision', 'Consequences'];

const all = readFiles(['docs/decisions/*.md']);
const decisions = all.filter(({ path }) => path !== INDEX);
const index = all.find(({ path }) => path === INDEX)?.text ?? '';

it.each(decisions.map(({ path, text }) => [path, text]))('%s has a title and the four parts, each with words', (_path, text) => {
  expect(text).toMatch(/^# \S/);
  expect([...text.matchAll(/^## (.+)$/gm)].map(([, part]) => part)).toEqual(PARTS);
  for (const part of text.split(/^## .+$/m).slice(1)) expect(part.trim()).toMatch(/\w+ \w+/);
});

it('the index lists every decision once, with a line on each', () => {
  const listed = [...index.matchAll(/^- \[[^\]]+\]\(([^)]+)\): \S.*$/gm)].map(([, file]) => `docs/decisions/${file}`);
  expect(decisions.length).toBeGreaterThan(40);
  expect(listed.sort()).toEqual(decisions.map(({ path }) => path));
});
