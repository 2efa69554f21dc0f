import type { ResourceKind } from '@loadstair/resources';
import type { RefusalCode } from '@loadstair/analysis';

/**
 * A known cause put into a real run: what was done, how strongly, where, and what a verdict must say of it (docs/explanation/measuring.md).
 * Magnitudes leave some 35 arrivals/s at the limit: fewer would give a short step too few requests to judge, more would not move
 * the load far enough from the control.
 */
export interface InjectionSpec {
  /** Lower-case words with hyphens, at most 14 characters. */
  readonly name: string;
  /** What makes the resource run out, one sentence for people. */
  readonly mechanism: string;
  /** Null is the profile that reveals the stage's limit. */
  readonly profile: string | null;
  /** Settings as for `--set`: the magnitude. */
  readonly set: readonly string[];
  /** Settings that its control has as well: room for the cause, or less of a site that holds more than k6 can send. */
  readonly on?: readonly string[];
  /** Profile of its control, where what is injected is in the load itself. */
  readonly against?: string;
  /** What happens beside the lab from the first step of load on; null when nothing does. */
  readonly disturbance: DisturbanceKind | null;
  readonly expected: Expected;
}

/** One with the stage in whose site it is injected. */
export interface Injection extends InjectionSpec {
  readonly stage: number;
}

export type DisturbanceKind = 'starved-generator' | 'busy-machine' | 'few-files' | 'foreign-load';

export interface Limit {
  readonly tier: string;
  readonly resource: ResourceKind;
  /** One host's of the tier, while its peers idle. */
  readonly alone?: true;
  /** The region the verdict must say got its files from the site, because no edge answered. */
  readonly without?: string;
  /** The verdict must say that a balancer took servers out of service. */
  readonly takenOut?: true;
}

export type Expected =
  /** One limit; a run counts only when its load moved against a control. */
  | { readonly kind: 'limit'; readonly limit: Limit }
  /** Both, and nothing else. */
  | { readonly kind: 'both'; readonly limits: readonly [Limit, Limit] }
  /** Nothing runs out. */
  | { readonly kind: 'none' }
  /** The run cannot be trusted, for this reason first. */
  | { readonly kind: 'refused'; readonly code: RefusalCode };

/** One resource of one tier, which runs out first. */
export function limitOf(tier: string, resource: ResourceKind): Expected {
  return { kind: 'limit', limit: { tier, resource } };
}

/** All settings of its run. */
export function settingsOf({ on = [], set }: Pick<Injection, 'on' | 'set'>): readonly string[] {
  return [...on, ...set];
}

/** Whether an injection must move the load against a control before it says anything. */
export function needsControl({ expected }: Pick<Injection, 'expected'>): boolean {
  return expected.kind === 'limit' || expected.kind === 'both';
}
