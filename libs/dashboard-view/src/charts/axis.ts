import type uPlot from 'uplot';
import type { Look } from './look.ts';

/** px at the usual size of text */
const TEXT = 12;
/** Between two ticks, at least. */
const SPACE = { x: 50, y: 30 } as const;

/** What a canvas writes with. */
export function canvasFont(scale: number): string {
  return `${TEXT * scale}px system-ui, sans-serif`;
}

/**
 * An axis as every chart has it: hairlines, no ticks, words as large as a person wants text.
 *
 * @param size px beside the chart that its words take, at the usual size of text
 */
export function plainAxis({ colours, textScale }: Look, along: keyof typeof SPACE, size: number): uPlot.Axis {
  return {
    font: canvasFont(textScale),
    stroke: colours.muted,
    ticks: { show: false },
    grid: { stroke: colours.hairline, width: 1 },
    size: size * textScale,
    space: SPACE[along] * textScale,
  };
}
