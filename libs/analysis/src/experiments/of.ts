import { percent } from '../format.ts';
import type { Action, Expectation } from './experiment.ts';
import type { Observed, ObservedAction, ObservedHost, Steady } from './observed.ts';
import type { ExpectationResult } from './outcome.ts';

/** One kind of expectation. */
export type Of<Kind extends Expectation['kind']> = Extract<Expectation, { kind: Kind }>;

export function steadyOf(observed: Observed, phase: string): Steady | null {
  return observed.phases.find((one) => one.name === phase)?.steady ?? null;
}

/** Hosts of a tier in a phase, in order of their names. */
export function hostsOf(steady: Steady, tier: string): ObservedHost[] {
  return steady.hosts.filter((host) => host.tier === tier).sort((a, b) => a.host.localeCompare(b.host, 'en', { numeric: true }));
}

export function actionOf(observed: Observed, kind: Action['do']): ObservedAction | null {
  return observed.actions.find((one) => one.action.do === kind) ?? null;
}

/** The host something was done to; its tier's name where that is not known. */
export function hostNameOf({ action, result }: ObservedAction): string {
  if (result.kind === 'done' && result.host !== null) return result.host;
  return 'tier' in action ? action.tier : 'the site';
}

/** What was to be measured is not there: neither held nor not. */
export function unseen(about: string, expected: string, why: string): ExpectationResult {
  return { about, expected, measured: why, holds: null, details: [], values: {} };
}

/** `×1.5 to ×3`, `at most ×3` where there is nothing to fall below, `at least ×1.5` where there is nothing to exceed. */
export function ratioRange({ least, most }: { readonly least: number; readonly most: number | null }): string {
  if (most === null) return `at least ×${least}`;
  return least <= 0 ? `at most ×${most}` : `×${least} to ×${most}`;
}

/** `90 % to 95 %`, or `at least 90 %` where there is nothing to exceed. */
export function shareRange({ least, most }: { readonly least: number; readonly most: number }): string {
  return most >= 1 ? `at least ${percent(least)}` : `${percent(least)} to ${percent(most)}`;
}

export function count(value: number): string {
  return value.toLocaleString('en');
}
