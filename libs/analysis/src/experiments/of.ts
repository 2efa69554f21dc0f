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

export function count(value: number): string {
  return value.toLocaleString('en');
}
