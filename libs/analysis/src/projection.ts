import type { ResourceKind } from '@loadstair/resources';
import { demandsOf } from './demand.ts';
import { loadSteps } from './onset.ts';
import type { Climb } from './run-data.ts';
import type { Interval } from './verdict.ts';

/** Where a limit would be reached, while a run still goes on. */
export interface Projection {
  readonly host: string;
  readonly kind: ResourceKind;
  /** λ*, arrivals/s. */
  readonly load: number;
  readonly interval: Interval;
}

/** One step alone has no slope, and its interval would tell of noise only. */
const STEPS_NEEDED = 2;

/** Limits by the load at which they would run out, the lowest first; none before there are two steps of load. */
export function projections(run: Climb): Projection[] {
  if (loadSteps(run).length < STEPS_NEEDED) return [];
  return demandsOf(run)
    .map(({ resource, saturation, interval }) => ({ host: resource.host, kind: resource.kind, load: saturation, interval }))
    .sort((a, b) => a.load - b.load);
}
