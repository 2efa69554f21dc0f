import type { StepData, StepLoad } from '@loadstair/analysis';
import type { PlannedStep } from '@loadstair/load';
import type { ResourceUse } from '@loadstair/resources';

/** A step that is only judged by its load. */
export function asStep(
  step: PlannedStep,
  window: { readonly startMs: number; readonly endMs: number },
  load: StepLoad,
  use: readonly ResourceUse[],
): StepData {
  return {
    index: step.index,
    kind: 'load',
    offered: step.rate,
    ...window,
    load,
    machine: { idle: 1, steal: 0, outside: 0, generatorCores: 0, probeMs: null },
    use,
    coverage: { prometheus: 1, sampler: 1 },
  };
}
