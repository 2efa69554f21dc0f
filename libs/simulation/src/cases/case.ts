import type { ResourceKind } from '@loadstair/resources';
import type { RefusalCode } from '@loadstair/analysis';
import type { PlannedStep } from '@loadstair/load';
import type { SimulatedRun } from '../run/simulate.ts';

export interface Cause {
  readonly tier: string;
  readonly resource: ResourceKind;
  /** One host's, while its peers idle. */
  readonly alone?: true;
}

/** What is true of a case, known because it was put there. */
export type Truth =
  | { readonly kind: 'limits'; readonly causes: readonly Cause[]; readonly load: number }
  | { readonly kind: 'none' }
  | { readonly kind: 'invalid'; readonly codes: readonly RefusalCode[] };

/** Groups of the score sheet. `valid` are the mild forms of what makes runs invalid: they must not be refused. */
export type CaseGroup = 'single' | 'two' | 'none' | 'invalid' | 'valid';

export interface SimulatedCase {
  readonly id: string;
  readonly group: CaseGroup;
  readonly stage: number;
  /** Resource kind of a single cause; what was done, otherwise. */
  readonly kind: string;
  readonly truth: Truth;
  readonly run: SimulatedRun;
  /** The same site with causes taken away: whether it must hold the load at which the case fails, with 15 % more. */
  readonly controls: readonly { readonly run: Omit<SimulatedRun, 'loads'>; readonly holds: boolean }[];
}

/** A cause counts only if taking it away moves the onset by this much. */
export const MOVED = 1.15;

/** Two steps of one load. */
export function probeSteps(rate: number): PlannedStep[] {
  const tenth = Math.max(0.1, Math.round(rate * 10) / 10);
  return [1, 2].map((index) => ({ index, kind: 'load', rate: tenth, holdS: 12, settleS: 3 }));
}
