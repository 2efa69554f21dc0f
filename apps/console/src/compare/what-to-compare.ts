import type { MeasuredAnswer, StepAnswer } from '@loadstair/lab-api';

type BuiltStep = Extract<StepAnswer, { kind: 'built' }>;

/** Steps that can be measured. */
export function builtStages({ steps }: Pick<MeasuredAnswer, 'steps'>): readonly BuiltStep[] {
  return steps.filter((step) => step.kind === 'built');
}

/** Profiles to choose from: the common one, those with runs, those that reveal a stage's limit, and the one that is chosen. */
export function profilesOf(measured: MeasuredAnswer, chosen: string): readonly string[] {
  return [
    ...new Set([
      measured.common,
      ...measured.profiles.map(({ profile }) => profile),
      ...builtStages(measured).map(({ profile }) => profile),
      chosen,
    ]),
  ];
}

/** Stages with a usable run under a profile. */
export function stagesUnder({ profiles }: MeasuredAnswer, profile: string): readonly number[] {
  return profiles.find((one) => one.profile === profile)?.cells.map(({ stage }) => stage) ?? [];
}

/**
 * Stages that are compared: those the address asks for, as far as they can be measured; without one, those that were measured; all
 * where nothing was.
 */
export function chosenStages(measured: MeasuredAnswer, profile: string, asked: string | null): readonly number[] {
  const built = builtStages(measured).map(({ stage }) => stage);
  const known = stagesUnder(measured, profile);
  const wanted = asked?.split(',').map(Number) ?? (known.length > 0 ? known : built);
  return built.filter((stage) => wanted.includes(stage));
}
