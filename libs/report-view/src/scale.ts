/** Maps a value range onto pixels. */
export type Scale = (value: number) => number;

export function linear(domain: readonly [number, number], range: readonly [number, number]): Scale {
  return (value) => range[0] + ((value - domain[0]) / (domain[1] - domain[0] || 1)) * (range[1] - range[0]);
}

/** Round steps of 1, 2 or 5 that give about `count` ticks. */
export function ticks(max: number, count: number): number[] {
  const rough = max / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((one) => one * power >= rough) ?? 10);
  return Array.from({ length: Math.floor(max / step) + 1 }, (_, index) => index * step);
}

/** Logarithms of powers of ten are not always whole. */
const WHOLE = 1e-9;

/** Lines of a logarithmic axis: powers of ten from one value to another. */
export function decades(low: number, high: number): number[] {
  const first = Math.ceil(Math.log10(low) - WHOLE);
  const last = Math.floor(Math.log10(high) + WHOLE);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => 10 ** (first + index));
}

/** The first power of ten that leaves some room above a value. */
export function decadeAbove(value: number): number {
  return 10 ** Math.ceil(Math.log10(value * 1.05));
}

/** The last power of ten not above a value. */
export function decadeBelow(value: number): number {
  return 10 ** Math.floor(Math.log10(value) + WHOLE);
}

/** Points of a line as an SVG path has them. */
export function path(points: readonly (readonly [x: number, y: number])[]): string {
  return points.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`).join('');
}

/** The same where some points have no value: a line stops before one and begins anew after it. */
export function brokenPath(points: readonly (readonly [x: number, y: number | null])[]): string {
  let drawing = false;
  return points
    .map(([x, y]) => {
      const begins = !drawing;
      drawing = y !== null;
      if (y === null) return '';
      // A point between two gaps is a dot: nothing is shorter than a line of no length.
      return `${begins ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}${begins ? 'h0' : ''}`;
    })
    .join('');
}
