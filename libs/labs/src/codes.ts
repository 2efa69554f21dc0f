import type { Codes } from '@loadstair/kit';

/** The error codes of this package, for people: docs/reference/codes.md is made from them. */
export const CODES = {
  E_LAB_MOMENT: {
    means: 'The step cannot do that now. Each step goes through predict, run, check and reflect, in this order.',
    mend: 'Run `./lab workshop LAB`: it continues where you are.',
  },
  E_LAB_ANSWER: {
    means: 'The question does not take such an answer. The error says what it takes.',
    mend: 'Answer again, in the form that the error gives.',
  },
  E_UNKNOWN_LAB: {
    means: 'There is no such lab, or no such step in it.',
    mend: 'Run `./lab workshop`: it lists the labs and where you stand.',
  },
  E_LABLOG: {
    means: 'The file is no lab log, or it is damaged.',
    mend: 'Let the learner export it again: `./lab workshop --report FILE`.',
  },
  E_LAB_PROGRESS: {
    means: 'The file that holds the progress of a lab cannot be read.',
    mend: 'Move away the file that the error names. The lab then begins again.',
  },
  E_LAB_BUDGET: {
    means: 'The change costs more lab CPUs or memory than the budget of the step allows.',
    mend: 'Make a host smaller, or take one away, and try again.',
  },
  E_LAB_CHANGE: {
    means: 'The change cannot be tried now: nothing was changed, or nobody has measured the unchanged site.',
    mend: 'Give a setting, or run the unchanged site first. The error says which.',
  },
  E_LAB_TEST: {
    means: 'The test does not take these answers, or it was taken twice already.',
    mend: 'Run `./lab workshop --test`: it asks what is open, or shows the result.',
  },
  E_LEARNER: {
    means: 'A learner cannot have this name.',
    mend: 'Use up to 40 letters, digits, spaces, apostrophes, dots and dashes; begin with a letter or a digit.',
  },
} as const satisfies Codes;
