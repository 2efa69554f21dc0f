import { expect, it } from '@jest/globals';
import { rangeText, readRange } from './time-range.ts';

it('a range goes into an address and comes back', () => {
  expect(rangeText({ fromS: 80, toS: 180 })).toBe('1:20-3:00');
  expect(readRange('1:20-3:00')).toEqual({ fromS: 80, toS: 180 });
});

it.each([null, '', '3:00-1:20', '1:20', '1:75-2:00', 'a:b-c:d'])('"%s" is none', (text) => {
  expect(readRange(text)).toBeNull();
});
