/** Wilson's score interval of a share, 95 % (Wilson 1927, doi 10.1080/01621459.1927.10502953). */
export function wilson(right: number, of: number): readonly [low: number, high: number] {
  if (of === 0) return [0, 1];
  const z = 1.959964;
  const share = right / of;
  const scale = 1 + (z * z) / of;
  const middle = (share + (z * z) / (2 * of)) / scale;
  const half = (z * Math.sqrt((share * (1 - share)) / of + (z * z) / (4 * of * of))) / scale;
  return [Math.max(0, middle - half), Math.min(1, middle + half)];
}
