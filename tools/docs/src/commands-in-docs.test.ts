import { expect, it } from '@jest/globals';
import { commandsOf, wrongCommands } from './commands-in-docs.ts';
import { readDocuments } from './repository.ts';

const PAGE = 'docs/reference/commands.md';
const documents = readDocuments();
const commands = commandsOf(documents.find(({ path }) => path === PAGE)?.text ?? '');

it('every command line in the documents has a command and options that are there', () => {
  expect(commands.size).toBeGreaterThan(25);
  const told = documents.filter(({ path }) => path !== PAGE);
  expect(told.flatMap((document) => wrongCommands(document, commands))).toEqual([]);
});

it('finds a command and an option that are not there', () => {
  const text = '```\n./lab run 3 --quick --fast   # ./lab fly\n```\n\nand `./lab fly 2`, but not ./lab swim';
  expect(wrongCommands({ path: 'a.md', text }, commands).map(({ why }) => why)).toEqual([
    'run has no option --fast',
    'there is no command fly',
    'there is no command fly',
  ]);
});
