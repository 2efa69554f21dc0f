import { stages } from '@loadstair/stages';
import { expect, it } from '@jest/globals';
import { paragraphsOf, readProse, sentencesOf } from './prose.ts';
import { sourceOf } from './sources.ts';
import { faultsOf, unedited } from './wording.ts';

const PROSE = readProse();
const FAULTS = faultsOf(PROSE);

it('every text that people read is in plain English, with the terms of the glossary', () => {
  const open = unedited();
  expect(FAULTS.filter(({ path }) => !open.includes(path)).map(({ fault }) => fault)).toEqual([]);
});

it('reads the documents, the guides, the declarations, the help and the pages', () => {
  const paths = new Set(PROSE.map(({ path }) => path));
  for (const path of ['README.md', 'docs/explanation/architecture.md', 'libs/topology/src/settings.ts', 'apps/cli/src/program.ts'])
    expect(paths).toContain(path);
  const texts = new Set(PROSE.map(({ text }) => text));
  for (const { topology, story, experiments } of stages) {
    expect([...paths]).toContainEqual(
      expect.stringMatching(new RegExp(`/${String(topology.stage).padStart(2, '0')}-${topology.slug}/guide\\.md$`)),
    );
    for (const text of [story.changed, story.why, story.shows]) expect(texts).toContain(text);
    for (const { happens } of experiments) expect(texts).toContain(happens);
  }
});

it('finds a planted sentence in a guide, a declaration, an error and a page', () => {
  const guide = paragraphsOf('guide.md', '## Look\n\nWhich resource of it\nran out?\n\n```sh\n./lab run # of it\n```\n');
  expect(faultsOf(guide).map(({ fault }) => fault)).toEqual([
    'guide.md:3 “of it”: write repeat the noun; in: Which resource of it ran out?',
  ]);

  const source = sourceOf(
    'a.tsx',
    [
      "const story = { happens: 'A host is ' + (broken ? 'stopped by its limit' : 'busy') + ' while load ' + 'goes on.' };",
      'const error = new Problem(`${tier}: likes from which on a ${kind(`that is told`)} is fetched`);',
      'const page = <p>Half of the requests are slower; less in the middle</p>;',
      "import type { Whoever } from 'of it goes on';",
    ].join('\n'),
  );
  const found = faultsOf(sentencesOf(source)).map(({ fault }) => /^a\.tsx:(\d) “(.*?)”/.exec(fault)?.slice(1));
  expect(found).toEqual([
    ['1', 'goes on'],
    ['1', 'stopped by its limit'],
    ['2', 'from which on'],
    ['2', 'is told'],
    ['3', 'in the middle'],
  ]);
});
