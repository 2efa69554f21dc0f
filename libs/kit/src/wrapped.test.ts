import { expect, it } from '@jest/globals';
import { wrapped } from './wrapped.ts';

it.each([
  ['fits in a line', 14, ['fits in a line']],
  ['fits in a line', 13, ['fits in a', 'line']],
  ['a verylongword stays whole', 6, ['a', 'verylongword', 'stays', 'whole']],
  ['', 6, ['']],
])('%j within %d columns', (text, columns, lines) => {
  expect(wrapped(text, columns)).toEqual(lines);
});
