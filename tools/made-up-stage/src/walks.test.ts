import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { stampedPhotos } from './stage.ts';

const HERE = import.meta.dirname;
const document = readFileSync(join(HERE, '../../../docs/how-to/add-a-stage.md'), 'utf8');

/** What a walk says: the part of the document under its heading. */
function walk(heading: string): string {
  const text = document.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0];
  if (text === undefined) throw new Error(`The document has no walk "${heading}".`);
  return text;
}

/** Files in the first column of its table. */
function filesIn(text: string): string[] {
  return [...text.matchAll(/^\| ([^|]+)\|/gm)]
    .slice(1)
    .flatMap(([, cell = '']) => [...cell.matchAll(/`([^`]+)`/g)].map(([, file]) => file as string));
}

const filesOf = (folder: string): string[] => globSync('**/*.ts', { cwd: join(HERE, folder) }).filter((file) => !file.endsWith('.test.ts'));

it('the component was made of the files that its walk names, and of no others', () => {
  const named = filesIn(walk('To add a component')).map((file) => file.replace('<kind>', 'inkpress'));
  expect(filesOf('inkpress').sort()).toEqual(named.sort());
});

it('the stage was made of files that its walk names', () => {
  const named = filesIn(walk('To add a stage'));
  expect(named).toContain('stage.ts');
  const patterns = named.map((file) => new RegExp(`^${file.replace('<name>', '[a-z-]+')}$`));
  const made = ['stage.ts', ...filesOf('experiments').map((file) => `experiments/${file}`)];
  expect(made.filter((file) => !patterns.some((pattern) => pattern.test(file)))).toEqual([]);
  expect(made.slice(1)).toEqual(stampedPhotos.experiments.map(({ name }) => `experiments/${name}.ts`));
});

it('what it calls in place of lines in lists is what its walk names', () => {
  const calls = readFileSync(join(HERE, 'register.ts'), 'utf8').match(/\bregister[A-Z][a-z]+(?=\()/g) ?? [];
  const named = walk('A made-up stage for tests').match(/(?<=`)register[A-Z][a-z]+(?=`)/g) ?? [];
  expect(new Set(calls)).toEqual(new Set(named));
});
