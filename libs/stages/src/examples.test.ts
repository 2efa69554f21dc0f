import { expect, it } from '@jest/globals';
import { examplesIn } from '@loadstair/topology';
import { stages } from './catalogue.ts';
import { EXAMPLE_NUMBERS } from './example-numbers.ts';
import { EXAMPLE, EXAMPLE_EXPERIMENT } from './examples.ts';

it('shows the first stage that spreads its load, with names that it has', () => {
  expect(EXAMPLE).toEqual({
    first: 1,
    stage: 3,
    before: 2,
    compared: [1, 2, 3],
    tier: 'web',
    host: 'web-1',
    database: 'db',
    databaseHost: 'db-1',
    front: 'lb',
  });
});

it('has the numbers that the list of commands shows without it', () => {
  expect(EXAMPLE).toMatchObject(EXAMPLE_NUMBERS);
});

it('shows an experiment of that stage', () => {
  expect(EXAMPLE_EXPERIMENT).toMatchObject({ name: 'crash-web', stage: EXAMPLE.stage });
});

it('says what a catalogue lacks that has no such stage', () => {
  expect(() => examplesIn(stages.slice(0, 2).map(({ topology }) => topology))).toThrow('several hosts');
});
