import { expect, it } from '@jest/globals';
import { anchorsOf, deadLinks, deadMentions } from './links.ts';
import { readCode, readDocuments } from './repository.ts';

it('every relative link of the documents leads to a file and a heading', () => {
  const documents = readDocuments();
  expect(documents.length).toBeGreaterThan(40);
  expect(documents.flatMap(deadLinks)).toEqual([]);
});

it('every document that a document or a comment names is there', () => {
  const files = [...readDocuments(), ...readCode()];
  expect(files.filter(({ text }) => text.includes('docs/decisions/')).length).toBeGreaterThan(10);
  expect(files.flatMap(deadMentions)).toEqual([]);
});

it('finds a file, a heading and a picture that are not there', () => {
  const text = '[a](README.md) [b](nowhere.md) [c](README.md#no-such-heading) [d](https://example.org/x.md) <img src="none.svg">';
  expect(deadLinks({ path: 'made-up.md', text }).map(({ to }) => to)).toEqual(['nowhere.md', 'README.md#no-such-heading', 'none.svg']);
  const gone = ['docs', 'decisions', 'gone.md'].join('/');
  expect(deadMentions({ path: 'made-up.ts', text: `/* see ${gone}, https://example.org/${gone} */` })).toEqual([
    { from: 'made-up.ts', to: gone },
  ]);
});

it('names headings as a code forge does, those in code left out', () => {
  expect(anchorsOf('# The one rule\n\n```sh\n# no heading\n```\n\n## `./lab bench`, measured\n')).toEqual([
    'the-one-rule',
    'lab-bench-measured',
  ]);
});
