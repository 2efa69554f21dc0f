import type { LabSummary } from '@loadstair/labs';
import { useReading, type Reading } from '../lab/use-reading.ts';

/** The guided labs, and where somebody stands in each. */
export function useLabs(learner: string): Reading<{ readonly labs: readonly LabSummary[] }> {
  return useReading('GET /api/labs', [{ query: { learner } }]).reading;
}

/** Where the next step is; the lab itself when nothing is left, or nothing was begun: its goal is told there. */
export function labHref({ stage, begun, next }: LabSummary): string {
  return next === null || !begun ? `/labs/${stage}` : `/labs/${stage}/${next.step}`;
}
