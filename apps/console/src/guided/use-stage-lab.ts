import { useState } from 'react';
import type { LabSummary } from '@loadstair/labs';
import { storedLearner } from './learner.ts';
import { useLabs } from './use-labs.ts';

/** The lab of a stage, for pages that show what the lab asks for. */
export interface StageLab {
  /** Null where there is none, or it is not known yet. */
  readonly lab: LabSummary | null;
  /** Measured results of the stage are not to be seen yet. */
  readonly hides: boolean;
  readonly showAnyway: () => void;
}

export function useStageLab(stage: number): StageLab {
  const labs = useLabs(storedLearner());
  const [anyway, setAnyway] = useState(false);
  const lab = 'answer' in labs ? (labs.answer.labs.find((one) => one.stage === stage) ?? null) : null;
  return { lab, hides: hidesMeasured(lab) && !anyway, showAnyway: () => setAnyway(true) };
}

/** Which stages' measured results are not to be seen yet; null until that is known. */
export function useHides(): ((stage: number) => boolean) | null {
  return hidesOf(useLabs(storedLearner()));
}

/** The same by labs that were read already. Labs that cannot be read hide nothing. */
export function hidesOf(labs: ReturnType<typeof useLabs>): ((stage: number) => boolean) | null {
  if (labs.state === 'loading') return null;
  const summaries = 'answer' in labs ? labs.answer.labs : [];
  return (stage) => hidesMeasured(summaries.find((lab) => lab.stage === stage) ?? null);
}

/** Whether measured results of a lab's stage would answer what a learner has begun to find out. */
function hidesMeasured(lab: LabSummary | null): boolean {
  return lab !== null && lab.begun && lab.next !== null;
}
