import type { ResourceUse } from '@loadstair/resources';
import type { RunData, StepData } from './run-data.ts';

/** RunData as a file has it: runs from before uses told their kind have only the id of their resource there. */
export type StoredRunData = Omit<RunData, 'steps'> & { readonly steps: readonly StoredStep[] };

type StoredStep = Omit<StepData, 'use'> & { readonly use: readonly (ResourceUse | Omit<ResourceUse, 'kind'>)[] };

/** RunData of a file of any age. A use of a resource that the run does not list is left out: nothing could be said of it. */
export function fromStored(stored: StoredRunData): RunData {
  const kinds = new Map(stored.resources.map(({ id, kind }) => [id, kind]));
  return {
    ...stored,
    steps: stored.steps.map((step) => ({
      ...step,
      use: step.use.flatMap((use) => {
        const kind = 'kind' in use ? use.kind : kinds.get(use.resource);
        return kind === undefined ? [] : [{ ...use, kind } as ResourceUse];
      }),
    })),
  };
}
