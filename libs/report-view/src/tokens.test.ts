import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { FORCED, MORE_CONTRAST, PALETTE, tokensCss, type Theme, type Token } from './palette.ts';

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

  it.each(['light', 'dark'] as const)('of text and marks is enough (%s)', (theme) => {
    const colour = (token: Token): string => PALETTE[token][theme];
    for (const ground of (['bg', 'surface'] as const).map(colour)) {
      for (const text of (['ink', 'muted', 'limit', 'through', 'pass'] as const).map(colour))
        expect(contrast(text, ground)).toBeGreaterThanOrEqual(4.5);
      for (const mark of (['border', 'series-2', 'series-3', 'series-4'] as const).map(colour))
        expect(contrast(mark, ground)).toBeGreaterThanOrEqual(3);
    }
    for (const heat of [0, 1, 2, 3, 4] as const)
      expect(contrast(colour(`heat-ink-${heat}`), colour(`heat-${heat}`))).toBeGreaterThanOrEqual(4.6);
    expect(contrast(colour('limit'), colour('wash'))).toBeGreaterThanOrEqual(4.5);
  });

  it.each(['light', 'dark'] as const)('is more where more is asked for (%s)', (theme) => {
    const asked: Partial<Record<Token, Readonly<Record<Theme, string>>>> = MORE_CONTRAST;
    const colour = (token: Token): string => (asked[token] ?? PALETTE[token])[theme];
    for (const ground of (['bg', 'surface'] as const).map(colour)) {
      for (const text of (['ink', 'muted', 'limit', 'through', 'pass'] as const).map(colour))
        expect(contrast(text, ground)).toBeGreaterThanOrEqual(7);
      for (const mark of (['border', 'hairline', 'series-2', 'series-3', 'series-4'] as const).map(colour))
        expect(contrast(mark, ground)).toBeGreaterThanOrEqual(4.5);
    }
    for (const heat of [0, 1, 2, 3, 4] as const)
      expect({ heat, enough: contrast(colour(`heat-ink-${heat}`), colour(`heat-${heat}`)) >= 7 }).toEqual({ heat, enough: true });
    expect(contrast(colour('limit'), colour('wash'))).toBeGreaterThanOrEqual(7);
  });
});

it('where all colours are the person’s own, text stands on what belongs to it', () => {
  const belongs: Readonly<Record<string, string>> = { Canvas: 'CanvasText', Highlight: 'HighlightText' };
  for (const heat of [0, 1, 2, 3, 4] as const) expect(FORCED[`heat-ink-${heat}`]).toBe(belongs[FORCED[`heat-${heat}`]]);
  for (const text of ['ink', 'muted', 'limit', 'pass'] as const) expect(FORCED[text]).toBe(belongs[FORCED.bg]);
});

it('tokens.css is what the palette makes', () => {
  expect(readFileSync(join(import.meta.dirname, 'tokens.css'), 'utf8')).toBe(tokensCss());
});
