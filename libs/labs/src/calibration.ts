const LEVELS = ['guess', 'fairly', 'very'] as const;

/** How often somebody was right who was so sure. */
export interface Calibration {
  readonly level: (typeof LEVELS)[number];
  /** Answers that were right, of those that were judged. */
  readonly right: number;
  readonly of: number;
}

/** A step as a lab log has it. */
interface Predicted {
  readonly prediction: { readonly sure: string | null; readonly answers: readonly { readonly outcome: string | null }[] } | null;
}

/**
 * How often predictions were right, by how sure the learner was: a learner is well calibrated when the share grows with certainty.
 * "Not sure" claims nothing and is not counted; neither is what no run has judged.
 */
export function calibrationOf(steps: readonly Predicted[]): Calibration[] {
  return LEVELS.map((level) => {
    const outcomes = steps.flatMap(({ prediction }) =>
      prediction?.sure === level ? prediction.answers.map(({ outcome }) => outcome) : [],
    );
    const right = outcomes.filter((outcome) => outcome === 'right').length;
    return { level, right, of: right + outcomes.filter((outcome) => outcome === 'differs').length };
  });
}

const WHEN: Readonly<Record<Calibration['level'], string>> = {
  guess: 'a guess',
  fairly: 'fairly sure',
  very: 'very sure',
};

/** `very sure: right 3 of 7 times (43 %)`; levels that nobody has claimed are left out. */
export function calibrationLines(calibration: readonly Calibration[]): string[] {
  return calibration.flatMap(({ level, right, of }) =>
    of === 0 ? [] : [`${WHEN[level]}: right ${right} of ${of} times (${Math.round((100 * right) / of)} %)`],
  );
}
