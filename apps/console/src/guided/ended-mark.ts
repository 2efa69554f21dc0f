import type { StepMark } from '@loadstair/labs';

/** How a step was left, beside its title. */
export function endedMark(ended: StepMark['ended']): string {
  return ended === null ? '' : ended === 'passed' ? '✓' : '– skipped';
}
