/** Median of values in any order; null when there are none. */
export function median(values: readonly number[]): number | null {
  return quantileOf(values, 0.5);
}

/** Quantile by linear interpolation between order statistics (Hyndman and Fan's type 7, the default of R and NumPy). */
export function quantileOf(values: readonly number[], q: number): number | null {
  if (values.length === 0) return null;
  const sorted = values.toSorted((a, b) => a - b);
  const position = q * (sorted.length - 1);
  const low = sorted[Math.floor(position)] as number;
  const high = sorted[Math.ceil(position)] as number;
  return low + (high - low) * (position - Math.floor(position));
}

export function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/**
 * Theil–Sen slope of evenly spaced values, a unit a step, with a 95 % interval from Kendall's normal approximation
 * (Sen 1968, doi 10.1080/01621459.1968.10480934).
 */
export function theilSen(values: readonly number[]): { readonly slope: number; readonly interval: readonly [number, number] } {
  const n = values.length;
  const slopes: number[] = [];
  for (let i = 0; i < n; i += 1) for (let j = i + 1; j < n; j += 1) slopes.push(((values[j] as number) - (values[i] as number)) / (j - i));
  if (slopes.length === 0) return { slope: 0, interval: [0, 0] };
  slopes.sort((a, b) => a - b);
  const width = 1.96 * Math.sqrt((n * (n - 1) * (2 * n + 5)) / 18);
  // Sen's ranks M1 and M2 + 1, counted from 1. Ties would narrow the interval; leaving them out only makes it cautious.
  const low = Math.max(0, Math.round((slopes.length - width) / 2) - 1);
  const high = Math.min(slopes.length - 1, Math.round((slopes.length + width) / 2));
  return { slope: median(slopes) ?? 0, interval: [slopes[low] as number, slopes[high] as number] };
}

/**
 * Slope through a known intercept: y = y0 + slope·x by least squares, slope = Σ x(y − y0) / Σ x². High x weigh most.
 */
export function slopeThrough(points: readonly { readonly x: number; readonly y: number }[], y0: number): number | null {
  let xy = 0;
  let xx = 0;
  for (const { x, y } of points) {
    xy += x * (y - y0);
    xx += x * x;
  }
  return xx === 0 ? null : xy / xx;
}

/** 95 % interval of a share of which `hits` in `n` were seen (Wilson 1927, doi 10.1080/01621459.1927.10502953). */
export function wilson(hits: number, n: number, z = 1.96): readonly [low: number, high: number] {
  if (n === 0) return [0, 1];
  const share = hits / n;
  const middle = (share + (z * z) / (2 * n)) / (1 + (z * z) / n);
  const half = (z / (1 + (z * z) / n)) * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n));
  return [Math.max(0, middle - half), Math.min(1, middle + half)];
}
