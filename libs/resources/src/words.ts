type Interval = readonly [low: number, high: number];

/** Numbers as ux.md §5 wants them: rates one decimal below 100, none above; a value and its interval share decimals. */
export function rate(value: number, decimals = rateDecimals(value)): string {
  if (!Number.isFinite(value)) return '–';
  return value.toLocaleString('en', { minimumFractionDigits: decimals, maximumFractionDigits: decimals, signDisplay: 'negative' });
}

function rateDecimals(value: number): number {
  return Math.abs(value) < 99.95 ? 1 : 0;
}

export function rateWithInterval(value: number, [low, high]: Interval): string {
  const decimals = rateDecimals(value);
  return `${rate(value, decimals)}/s (${rate(low, decimals)}–${rate(high, decimals)})`;
}

export function interval([low, high]: Interval, like: number): string {
  const decimals = rateDecimals(like);
  return `${rate(low, decimals)}–${rate(high, decimals)}`;
}

/** A share as whole percent; one decimal below 1 %. */
export function percent(share: number): string {
  const hundred = share * 100;
  if (hundred === 0) return '0 %';
  if (hundred < 0.1) return '< 0.1 %';
  return hundred < 0.95 ? `${hundred.toFixed(1)} %` : `${Math.round(hundred)} %`;
}

/** Milliseconds for a column: one decimal below 10, none above. */
export function milliseconds(ms: number): string {
  return ms < 9.95 ? ms.toFixed(1) : Math.round(ms).toLocaleString('en');
}

/** What people call components, by kind; their kinds where nothing is said. */
export type ComponentWords = Readonly<Record<string, string>>;

export function componentWord(component: string, words: ComponentWords = {}): string {
  return words[component] ?? component;
}
