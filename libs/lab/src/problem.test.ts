import { writeFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { problemLinesOf } from './problem.ts';

it('a full disk is told as such, whatever was written', () => {
  let refused: unknown = null;
  try {
    writeFileSync('/dev/full', 'a line');
  } catch (error) {
    refused = error;
  }
  expect(problemLinesOf(refused)).toMatchObject({
    what: 'The disk is full.',
    code: 'E_DISK',
    exit: 1,
    do: expect.stringContaining('prune'),
  });
});

it('any other error is the lab’s own', () => {
  expect(problemLinesOf(new Error('x'))).toMatchObject({ what: 'x', code: 'E_LAB' });
  expect(problemLinesOf(null)).toMatchObject({ what: 'null', code: 'E_LAB' });
});
