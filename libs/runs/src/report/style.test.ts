import { describe, expect, it } from '@jest/globals';
import { COLOURS } from './style.ts';

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

  it.each(['light', 'dark'] as const)('of text and marks is enough (%s)', (name) => {
    const theme = COLOURS[name];
    for (const ground of [theme.bg, theme.surface]) {
      for (const text of [theme.ink, theme.muted, theme.limit, theme.through]) expect(contrast(text, ground)).toBeGreaterThanOrEqual(4.5);
      expect(contrast(theme.border, ground)).toBeGreaterThanOrEqual(3);
    }
    theme.heat.forEach((cell, index) => expect(contrast(theme.heatInk[index] as string, cell)).toBeGreaterThanOrEqual(4.6));
    expect(contrast(theme.limit, theme.wash)).toBeGreaterThanOrEqual(4.5);
  });
});
