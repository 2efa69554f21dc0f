import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { DOCUMENT } from './layers.ts';
import { REPOSITORY } from './sources.ts';

const document = readFileSync(DOCUMENT, 'utf8');
const FOLDERS = ['apps', 'libs', 'dashboards', 'loadprofiles', 'tools', 'docs'];

it('every path in docs/explanation/architecture.md leads to something', () => {
  const paths = [...document.matchAll(/(?<=`)[\w-]+(?:\/[\w.-]+)+(?=`)/g)]
    .map(([path]) => path)
    .filter((path) => FOLDERS.includes(path.split('/')[0] ?? ''));
  expect(paths.length).toBeGreaterThan(30);
  expect(paths.filter((path) => !existsSync(join(REPOSITORY, path)))).toEqual([]);
});

it('a run, file by file, has at most eight stops, and what is to be read in a file is there', () => {
  const table = document.split('The same, file by file:')[1]?.split('\n\n')[1] ?? '';
  const stops = [...table.matchAll(/^\| (`[^|]+)\|([^|]+)\|$/gm)];
  expect(stops.length).toBeGreaterThan(4);
  expect(stops.length).toBeLessThanOrEqual(8);
  for (const [, files = '', happens = ''] of stops) {
    const words = [...files.matchAll(/`([^`]+)`/g)].map(([, word]) => word as string);
    const [first = ''] = words;
    const names = [
      ...words.filter((word) => !word.includes('.')),
      ...[...happens.matchAll(/`([^`]+)`/g)].map(([, word]) => word as string),
    ];
    for (const name of names) expect(readFileSync(join(REPOSITORY, first), 'utf8')).toMatch(new RegExp(`\\bfunction ${name}\\b`));
  }
});
