import { expect, it } from '@jest/globals';
import { allOf, register } from './register.ts';

it('makes a value known until it is taken back, and no name twice', () => {
  const known = new Map([['oak', 1]]);
  const forget = register(known, 'elm', 2);
  expect([...known]).toEqual([
    ['oak', 1],
    ['elm', 2],
  ]);
  expect(() => register(known, 'oak', 3)).toThrow('oak is already registered.');
  forget();
  expect([...known]).toEqual([['oak', 1]]);
});

it('takes several back, the last one first', () => {
  const taken: number[] = [];
  allOf([1, 2, 3].map((number) => () => void taken.push(number)))();
  expect(taken).toEqual([3, 2, 1]);
});
