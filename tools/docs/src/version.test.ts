import { expect, it } from '@jest/globals';
import { readFiles } from './repository.ts';

const versionOf = (text: string): string | undefined => (JSON.parse(text) as { version?: string }).version;

it('only the root package.json holds a version, and the changelog begins with it', () => {
  const packages = readFiles(['{apps,libs,tools}/*/package.json', '{dashboards,loadprofiles}/package.json']);
  expect(packages.length).toBeGreaterThan(30);
  expect(packages.filter(({ text }) => versionOf(text) !== undefined).map(({ path }) => path)).toEqual([]);
  const [root] = readFiles(['package.json']);
  const [changelog] = readFiles(['CHANGELOG.md']);
  const newest = /^## (\S+)/m.exec(changelog?.text ?? '')?.[1];
  expect(newest).toMatch(/^\d+\.\d+\.\d+$/);
  expect(versionOf(root?.text ?? '{}')).toBe(newest);
});
