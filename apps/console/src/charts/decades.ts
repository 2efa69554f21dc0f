/** Powers of ten from one value to another. */
export function decades(low: number, high: number): number[] {
  const first = Math.ceil(Math.log10(low));
  const last = Math.floor(Math.log10(high));
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => 10 ** (first + index));
}

/** The first power of ten that leaves some room above a value. */
export function decadeAbove(value: number): number {
  return 10 ** Math.ceil(Math.log10(value * 1.05));
}
