import { BadRun, type ListedRun, type OpenedRun, type RunStore } from '@loadstair/runs';
import { stageByNumber } from '@loadstair/stages';
import { hashOf } from '@loadstair/topology';

/** Newest runs of a stage that are taken together. */
export const RUNS_A_STAGE = 6;

export type EndedRun = Extract<ListedRun, { kind: 'run' }>;

/** Whether a run says something of the capacity of stages on this machine: measured here, whole, accepted, and no experiment. */
export function isUsable(run: ListedRun): run is EndedRun {
  return (
    run.kind === 'run' &&
    run.manifest.imported === undefined &&
    run.outcome === null &&
    run.verdict.kind !== 'refused' &&
    !run.manifest.quick
  );
}

/** Usable runs of a stage as the catalogue has it now, under one profile; newest first, as they are listed. */
export function runsOfStage(listed: readonly ListedRun[], stage: number, profile: string): EndedRun[] {
  const hash = hashOf(stageByNumber(stage).topology);
  return listed.filter(isUsable).filter(({ manifest }) => manifest.topologyHash === hash && manifest.profile === profile);
}

/** The newest that can be read whole: a run that shows its damage only when all of it is read hides no other. */
export function openNewest(store: RunStore, runs: readonly EndedRun[], most = RUNS_A_STAGE): OpenedRun[] {
  const opened: OpenedRun[] = [];
  for (const { id } of runs) {
    if (opened.length === most) break;
    try {
      opened.push(store.open(id));
    } catch (error) {
      if (!(error instanceof BadRun)) throw error;
    }
  }
  return opened;
}
