export { runTime } from '@loadstair/report-view';

/** How numbers of a panel are written. */
export type Unit =
  | { readonly kind: 'count' | 'share' | 'seconds' | 'bytes' | 'bytes/s' | 'dollars' | 'state' }
  | { readonly kind: 'with-suffix'; readonly suffix: string };

export class UnknownUnit extends Error {
  constructor(unit: string) {
    super(`Nothing writes values in the unit ${unit}.`);
    this.name = 'UnknownUnit';
  }
}

const UNITS: Readonly<Record<string, Unit>> = {
  short: { kind: 'count' },
  percentunit: { kind: 'share' },
  s: { kind: 'seconds' },
  bytes: { kind: 'bytes' },
  binBps: { kind: 'bytes/s' },
  reqps: { kind: 'with-suffix', suffix: '/s' },
  currencyUSD: { kind: 'dollars' },
  none: { kind: 'state' },
};

/** A unit by Grafana's name for it; `suffix: x` is its way to write one of our own. Throws UnknownUnit. */
export function unitOf(name: string): Unit {
  const unit =
    UNITS[name] ?? (name.startsWith('suffix:') ? { kind: 'with-suffix', suffix: ` ${name.slice('suffix:'.length).trim()}` } : undefined);
  if (unit === undefined) throw new UnknownUnit(name);
  return unit;
}

/** A value as people read it, with its unit. Null is no value. */
export function format(value: number | null, unit: Unit, decimals: number | null = null): string {
  if (value === null) return '–';
  switch (unit.kind) {
    case 'share':
      return `${number(value * 100, decimals)} %`;
    case 'seconds':
      return seconds(value, decimals);
    case 'bytes':
      return bytes(value, decimals);
    case 'bytes/s':
      return `${bytes(value, decimals)}/s`;
    case 'dollars':
      return `$${number(value, decimals)}`;
    case 'with-suffix':
      return `${number(value, decimals)}${unit.suffix}`;
    case 'count':
    case 'state':
      return number(value, decimals);
  }
}

/** As on an axis, whose panel names the unit of its own: without the suffix. */
export function formatShort(value: number, unit: Unit): string {
  return unit.kind === 'with-suffix' ? number(value, null) : format(value, unit);
}

/** What a panel adds to its title, where a number alone does not say it. */
export function unitName(unit: Unit): string | null {
  return unit.kind === 'with-suffix' ? unit.suffix.trim() : null;
}

/** Three digits are what one can see in a chart: decimals only below 100. */
function number(value: number, decimals: number | null): string {
  const size = Math.abs(value);
  const most = decimals ?? (size === 0 || size >= 99.95 ? 0 : size >= 9.995 ? 1 : size >= 0.0995 ? 2 : 3);
  return value.toLocaleString('en', { maximumFractionDigits: most, minimumFractionDigits: decimals ?? 0 });
}

function seconds(value: number, decimals: number | null): string {
  const size = Math.abs(value);
  if (size === 0) return '0 s';
  if (size < 0.000_999_5) return `${number(value * 1e6, decimals)} µs`;
  if (size < 0.9995) return `${number(value * 1000, decimals)} ms`;
  if (size < 120) return `${number(value, decimals)} s`;
  return `${number(value / 60, decimals)} min`;
}

const BINARY = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const;

function bytes(value: number, decimals: number | null): string {
  const power = value === 0 ? 0 : Math.min(BINARY.length - 1, Math.max(0, Math.floor(Math.log2(Math.abs(value)) / 10)));
  return `${number(value / 1024 ** power, decimals)} ${BINARY[power]}`;
}
