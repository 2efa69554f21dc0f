import { percent } from '@loadstair/analysis';
import type { ActionDefinition } from '@loadstair/operations';
import type { Observed, ObservedAction, ObservedHost, ObservedRequest, Steady } from './observed.ts';

/** Below so many requests a server, one more or less is a large share. */
export const LEAST_SERVED = 30;

export function steadyOf(observed: Observed, phase: string): Steady | null {
  return observed.phases.find(({ name }) => name === phase)?.steady ?? null;
}

/** Hosts of a tier in a phase, in order of their names. */
export function hostsOf(steady: Steady, tier: string): ObservedHost[] {
  return steady.hosts.filter((host) => host.tier === tier).sort((a, b) => a.host.localeCompare(b.host, 'en', { numeric: true }));
}

/** Hosts that hold a database, of any group. */
export function databasesIn({ hosts }: Steady): ObservedHost[] {
  return hosts.filter(({ group }) => group !== null);
}

/** The first time an action was done; null when it never was. */
export function actionOf(observed: Observed, name: string): ObservedAction | null {
  return observed.actions.find(({ action }) => action.do === name) ?? null;
}

/** Every time an action was done, in order: what it was given, and what came of it. A refusal is none of its results. */
export function performedOf<Input, Result>(
  { actions }: Observed,
  { name, input, result }: Pick<ActionDefinition<Input, Result>, 'name' | 'input' | 'result'>,
): { readonly input: Input; readonly result: Result }[] {
  return actions.flatMap((done) => {
    const { do: action, ...given } = done.action;
    if (action !== name || done.result.kind !== 'done') return [];
    const [parsed, came] = [input.safeParse(given), result.safeParse(done.result)];
    return parsed.success && came.success ? [{ input: parsed.data, result: came.data }] : [];
  });
}

/** What came of it each time. */
export function resultsOf<Input, Result>(
  observed: Observed,
  action: Pick<ActionDefinition<Input, Result>, 'name' | 'input' | 'result'>,
): Result[] {
  return performedOf(observed, action).map(({ result }) => result);
}

/** The host something was done to; the name of its place, where it was done to all there, or of its tier, where that is not known. */
export function hostNameOf({ action, result }: ObservedAction): string {
  if (typeof action['place'] === 'string') return action['place'];
  if ('host' in result && typeof result.host === 'string') return result.host;
  return typeof action['tier'] === 'string' ? action['tier'] : 'the site';
}

export function dueWithin(requests: readonly ObservedRequest[], startMs: number, endMs: number): ObservedRequest[] {
  return requests.filter((request) => request.dueMs > startMs && request.dueMs < endMs);
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

/** An action as a sentence calls it: `power-loss` is a power loss. */
export function words(action: string): string {
  return action.replaceAll('-', ' ');
}
