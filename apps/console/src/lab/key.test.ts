import { expect, it } from '@jest/globals';
import { keyIn } from './key.ts';

it.each([
  ['#key=Ab3_-xyz', 'Ab3_-xyz'],
  ['#key=short', null],
  ['#key=', null],
  ['#runs-out', null],
  ['#key=abc def ghi', null],
  ['', null],
])('the key in "%s" is %s', (fragment, key) => {
  expect(keyIn(fragment)).toBe(key);
});
