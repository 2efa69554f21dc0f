import type { Lab } from '@loadstair/labs';
import type { Stage } from '@loadstair/stages';
import { askedBy, commandOf, type Asked } from './asked.ts';

/** A run that a set should hold. */
export interface Wanted {
  readonly asked: Asked;
  /** The command that makes it. */
  readonly command: string;
}

/**
 * What the recorded runs of a stage must be for its pages and its lab: the stage as it is, everything that a step of its lab runs, and
 * all of its experiments. Each in the quick form, which is small.
 */
export function wantedFor({ topology, experiments }: Stage, lab: Lab | null): readonly Wanted[] {
  const asked: Asked[] = [
    { kind: 'run', stage: topology.stage, set: [], quick: true },
    ...(lab?.steps ?? []).flatMap(({ action }) => (action.kind === 'run' || action.kind === 'experiment' ? [askedBy(action, true)] : [])),
    ...experiments.map(({ name }): Asked => ({ kind: 'experiment', name, quick: true })),
  ];
  const byCommand = new Map(asked.map((one) => [commandOf(one), one]));
  return [...byCommand].map(([command, one]) => ({ command, asked: one }));
}
