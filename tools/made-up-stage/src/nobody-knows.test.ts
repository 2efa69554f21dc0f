import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from '@jest/globals';

const REPOSITORY = resolve(import.meta.dirname, '../../..');
const HERE = 'tools/made-up-stage/';
/** All that the stage brings, by name: the stage, its tiers, component, resource, metrics, action, experiment and expectation. */
const NAMES = /stamped-?photos|inkpress|inkroom|cloakroom|strongroom|stamp-?ink|refill-?ink|ink bottles|fresh-?ink|pads-?left/i;
/** Lists of packages, which have the fixture's own name. */
const PACKAGES = ['package.json', 'package-lock.json', 'tsconfig.json'];

const all = globSync(['{apps,libs,tools,loadprofiles,dashboards,docs}/**/*', '*'], {
  cwd: REPOSITORY,
  withFileTypes: true,
  exclude: ({ name }) => ['node_modules', 'dist', '.lab', '.nx', '.git'].includes(name),
})
  .filter((entry) => entry.isFile())
  .map(({ parentPath, name }) => join(parentPath, name).slice(REPOSITORY.length + 1));
const others = all.filter((path) => !path.startsWith(HERE));
const knowing = (paths: readonly string[], names: RegExp): string[] =>
  paths.filter((path) => names.test(path) || names.test(readFileSync(join(REPOSITORY, path), 'utf8')));

it('no other file knows anything of the stage', () => {
  expect(others.length).toBeGreaterThan(800);
  expect(knowing(others, NAMES)).toEqual([]);
});

it('no other source imports it, and its own files are found by those names', () => {
  const sources = others.filter((path) => !PACKAGES.includes(path) && !path.startsWith('docs/') && /\.(ts|tsx|mjs|json)$/.test(path));
  expect(knowing(sources, /made-up-stage/)).toEqual([]);
  expect(knowing(all, NAMES).length).toBeGreaterThan(10);
});
