import { describe, expect, it } from '@jest/globals';
import { rangeIn, rangeText } from './range.ts';

const START_MS = 1_000_000;

describe('a range in the address', () => {
  it('comes back as it was, to the second', () => {
    const range = { fromMs: START_MS + 80_000, toMs: START_MS + 180_000 };
    expect(rangeText(range, START_MS)).toBe('1:20-3:00');
    expect(rangeIn('1:20-3:00', START_MS)).toEqual(range);
  });

  it.each([null, '', '1:20', '3:00-1:20', '1:99-2:00', 'a-b', '1:20-1:20'])('that is %s is none', (text) => {
    expect(rangeIn(text, START_MS)).toBeNull();
  });
});
