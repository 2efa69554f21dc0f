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

/** Whether measured results of a lab's stage would answer what a learner has begun to find out. */
export function hidesMeasured(lab: LabSummary | null): boolean {
  return lab !== null && lab.begun && lab.next !== null;
}
