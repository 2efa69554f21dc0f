/** A mark of a chart over time, as it is written above the plots. */
export interface MarkLabel {
  /** px from the left, where the first of its marks stands. */
  readonly x: number;
  readonly text: string;
}

/** Width of a character of chart text, px: an average that errs on the wide side. */
export const CHARACTER = 6.6;
const FLAG = 14;
const APART = 10;

/**
 * Labels of marks, numbered in order. Marks too close to have labels of their own share one; the words stand beside the number where
 * there is room for them.
 *
 * @param marks in order, px from the left
 * @param end px from the left at which the room for the last label ends
 * @param numberOfFirst number of the first mark
 */
export function markLabels(marks: readonly { readonly x: number; readonly text: string }[], end: number, numberOfFirst = 1): MarkLabel[] {
  const groups: { x: number; first: number; last: number; text: string }[] = [];
  for (const [index, { x, text }] of marks.entries()) {
    const before = groups.at(-1);
    const number = index + numberOfFirst;
    if (before !== undefined && x < before.x + widthOf(numbers(before)) + APART) before.last = number;
    else groups.push({ x, first: number, last: number, text });
  }
  return groups.map((group, index) => {
    const room = (groups[index + 1]?.x ?? end) - group.x - APART;
    const worded = `${numbers(group)} ${group.text}`;
    const words = group.first === group.last && widthOf(worded) <= room ? worded : numbers(group);
    return { x: group.x, text: `⚑ ${words}` };
  });
}

function numbers({ first, last }: { readonly first: number; readonly last: number }): string {
  return first === last ? String(first) : `${first}–${last}`;
}

function widthOf(text: string): number {
  return FLAG + text.length * CHARACTER;
}
