import { useIn, type ResourceInfo } from '@loadstair/resources';
import { backgroundUses, isBackground } from './background.ts';
import { demandsOf, throughput } from './demand.ts';
import { quantile } from './histogram.ts';
import { backlogs, findOnset, loadSteps, stepHolds } from './onset.ts';
import type { RunData, StepKind } from './run-data.ts';
import { backgroundAt, suspectsOf } from './suspects.ts';
import type { Interval } from './verdict.ts';

/** One step as tables show it. */
export interface StepSummary {
  readonly index: number;
  readonly kind: StepKind;
  readonly offered: number;
  readonly achieved: number;
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
  readonly requests: number;
  readonly failed: number;
  readonly failedShare: number;
  /** Answers without what the same user had just written; null where it was not counted. */
  readonly stale: number | null;
  /** Accepted work that was unfinished at its end; null where none is done later. */
  readonly unfinished: number | null;
  readonly lateP99Ms: number;
  readonly dropped: number;
  readonly holds: boolean;
}

export function stepSummaries(run: RunData): StepSummary[] {
  return run.steps.map((step) => {
    const verdict = stepHolds(step, run.profile.slo);
    return {
      index: step.index,
      kind: step.kind,
      offered: step.offered,
      achieved: throughput(step),
      p50Ms: quantile(step.load.latency, 0.5),
      p95Ms: quantile(step.load.latency, 0.95),
      requests: step.load.requests,
      failed: step.load.failed,
      failedShare: verdict.failedShare,
      stale: step.load.stale ?? null,
      unfinished: backlogs(step).reduce<number | null>((sum, { unfinished }) => (sum ?? 0) + unfinished, null),
      lateP99Ms: step.load.lateness.p99Ms,
      dropped: step.load.dropped,
      holds: verdict.holds,
    };
  });
}

/** One resource over all load steps. */
export interface ResourceRow {
  readonly resource: ResourceInfo;
  /** Use of the limit per load step, in order of `loadSteps`; null where it was not seen. */
  readonly busy: readonly (number | null)[];
  readonly saturation: number | null;
  readonly interval: Interval | null;
  /** Why a full resource is not the limit, or null. */
  readonly waitsOn: string | null;
}

/** Resources by λ*, lowest first; those without one last. */
export function resourceTable(run: RunData): ResourceRow[] {
  const onset = findOnset(run);
  const demands = demandsOf(run, onset);
  const suspects = onset === null ? [] : suspectsOf(run, onset);
  const steps = loadSteps(run);
  const background = onset === null ? backgroundUses(run, steps) : backgroundAt(run, onset);
  return run.resources
    .map((resource) => {
      const demand = isBackground(background, resource) ? undefined : demands.find((one) => one.resource.id === resource.id);
      const suspect = suspects.find((one) => one.tier === resource.tier && one.kind === resource.kind);
      return {
        resource,
        busy: steps.map((step) => useIn(step, resource.id)?.busy ?? null),
        saturation: demand?.saturation ?? null,
        interval: demand?.interval ?? null,
        waitsOn: suspect?.state.kind === 'explained' ? suspect.state.by : null,
      };
    })
    .sort((a, b) => (a.saturation ?? Infinity) - (b.saturation ?? Infinity));
}
