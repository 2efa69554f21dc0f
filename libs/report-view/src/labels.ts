/** Height of a line of chart text, px. */
const APART = 14;

/** Labels at the ends of lines, moved up where they would meet. */
export function movedApart<Label extends { readonly at: number }>(labels: readonly Label[]): Label[] {
  let above = Infinity;
  return labels
    .toSorted((a, b) => b.at - a.at)
    .map((label) => {
      above = Math.min(label.at, above - APART);
      return { ...label, at: above };
    });
}
