import { useState } from 'react';
import type { LabSummary } from '@loadstair/labs';
import { storedLearner } from './learner.ts';
import { useLabs } from './use-labs.ts';

/** The lab of a stage, for pages that show what the lab asks for. */
export interface StageLab {
  /** Null where there is none, or it is not known yet. */
  readonly lab: LabSummary | null;
  /** Measured results of the stage would answer what a learner has begun to find out. */
  readonly hides: boolean;
  readonly showAnyway: () => void;
}

export function useStageLab(stage: number): StageLab {
  const labs = useLabs(storedLearner());
  const [anyway, setAnyway] = useState(false);
  const lab = 'answer' in labs ? (labs.answer.labs.find((one) => one.stage === stage) ?? null) : null;
  return { lab, hides: lab !== null && lab.begun && lab.next !== null && !anyway, showAnyway: () => setAnyway(true) };
}
