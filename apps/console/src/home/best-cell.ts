import type { MeasuredAnswer, MeasuredCell, StepAnswer } from '@loadstair/lab-api';

/** What is shown of a stage that was measured under several profiles. */
export interface ShownCell extends MeasuredCell {
  readonly profile: string;
}

/**
 * What was measured of a stage under the profile that all stages share; where nothing was, under the profile that reveals its limit;
 * else under any other. A cell with a capacity comes before one without.
 */
export function bestCell(
  { profiles, common }: MeasuredAnswer,
  { stage, profile: revealing }: Extract<StepAnswer, { kind: 'built' }>,
): ShownCell | null {
  const cells = profiles.flatMap(({ profile, cells: own }) =>
    own.flatMap((cell): ShownCell[] => (cell.stage === stage ? [{ ...cell, profile }] : [])),
  );
  const rank = ({ profile, capacity }: ShownCell): number =>
    (capacity === null ? 3 : 0) + (profile === common ? 0 : profile === revealing ? 1 : 2);
  return cells.toSorted((a, b) => rank(a) - rank(b))[0] ?? null;
}

/** The highest capacity that is shown of any stage, arrivals/s; 1 where none is. */
export function highestLoad(measured: MeasuredAnswer): number {
  const loads = measured.steps.flatMap((step) => (step.kind === 'built' ? (bestCell(measured, step)?.capacity?.load ?? []) : []));
  return Math.max(1, ...loads);
}
