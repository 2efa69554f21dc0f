import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const TOKENS = [
  ...readFileSync(join(import.meta.dirname, 'tokens.css'), 'utf8').matchAll(/--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g),
];

/** Relative luminance and contrast of WCAG 2.2. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

describe('contrast', () => {
  it('is computed as WCAG says', () => {
    expect(contrast('#FFFFFF', '#000000')).toBeCloseTo(21, 9);
    // WCAG's own example of a grey that just passes on white.
    expect(contrast('#767676', '#FFFFFF')).toBeCloseTo(4.54, 2);
  });

  it.each([
    ['light', 2],
    ['dark', 3],
  ] as const)('of text and marks is enough (%s)', (_theme, column) => {
    const colour = (name: string): string => {
      const found = TOKENS.find(([, token]) => token === name)?.[column];
      if (found === undefined) throw new Error(`No token ${name}.`);
      return found;
    };
    for (const ground of ['bg', 'surface'].map(colour)) {
      for (const text of ['ink', 'muted', 'limit', 'through', 'pass'].map(colour))
        expect(contrast(text, ground)).toBeGreaterThanOrEqual(4.5);
      for (const mark of ['border', 'series-2', 'series-3', 'series-4'].map(colour))
        expect(contrast(mark, ground)).toBeGreaterThanOrEqual(3);
    }
    for (const heat of [0, 1, 2, 3, 4]) expect(contrast(colour(`heat-ink-${heat}`), colour(`heat-${heat}`))).toBeGreaterThanOrEqual(4.6);
    expect(contrast(colour('limit'), colour('wash'))).toBeGreaterThanOrEqual(4.5);
  });
});
