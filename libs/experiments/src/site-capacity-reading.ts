import type { Interval } from '@loadstair/analysis';
import type { Observed, Steady } from './observed.ts';
import type { OutcomeTable } from './outcome.ts';

/** Where a site would be full: the tier whose first host is, and at which load, arrivals/s. */
export interface SiteFull {
  readonly tier: string;
  readonly load: number;
  readonly interval: Interval;
}

/** The tier that would be full first, projected from one phase; null where none was measured. */
export function siteFullAt(steady: Steady | null): SiteFull | null {
  const all = Object.entries(steady?.saturation ?? {}).map(([tier, full]) => ({ tier, ...full }));
  return all.reduce<SiteFull | null>((first, one) => (first === null || one.load < first.load ? one : first), null);
}

/** A ratio of two loads that were measured apart, with its 95 % interval: what their logarithms leave open adds up in squares. */
export function ratioOf(own: SiteFull, other: SiteFull): { readonly ratio: number; readonly interval: Interval } {
  const ratio = own.load / other.load;
  const open = (a: number, b: number): number => Math.log(Math.max(a, b) / Math.min(a, b));
  const below = Math.hypot(open(own.load, own.interval[0]), open(other.load, other.interval[1]));
  const above = Math.hypot(open(own.load, own.interval[1]), open(other.load, other.interval[0]));
  return { ratio, interval: [ratio * Math.exp(-below), ratio * Math.exp(above)] };
}

/** By phase the load that fills each tier, and which of them is full first. */
export function siteCapacityTable(observed: Observed): OutcomeTable {
  const tiers = [...new Set(observed.phases.flatMap(({ steady }) => Object.keys(steady?.saturation ?? {})))];
  return {
    head: ['', ...tiers.map((tier) => `${tier} full at /s`), 'first'],
    rows: observed.phases.map(({ name, steady }) => [
      name,
      ...tiers.map((tier) => steady?.saturation[tier]?.load.toFixed(1) ?? '–'),
      siteFullAt(steady)?.tier ?? '–',
    ]),
  };
}
