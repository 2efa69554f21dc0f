import type { Codes } from '@loadstair/kit';

/** The error codes of this package, for people: docs/reference/codes.md is made from them. */
export const CODES = {
  E_GAMEDAY_VERSION: {
    means: 'The lab was updated during the gameday, and its broken sites have changed.',
    mend: 'Begin with another code.',
  },
  E_STILL_UP: {
    means: 'A lab is up on this machine, or has left something, so nothing was uninstalled.',
    mend: 'End it with the command that the error gives.',
  },
  E_NOT_ROOT: {
    means: 'Only root can remove packages.',
    mend: 'Run it with `sudo`.',
  },
  E_TWO_WAYS: {
    means: 'Two options of the command exclude each other.',
    mend: 'Leave one of them out.',
  },
  E_COPY_FOLDER: {
    means: '`./lab site` writes into an empty folder, or into one that it wrote before. This one holds something else.',
    mend: 'Choose another folder: `./lab site --out FOLDER`.',
  },
  E_FAIL_ON: {
    means: '`--fail-on` takes the word `worse` only.',
    mend: 'Use `--fail-on worse`.',
  },
  E_NUMBER: {
    means: 'A number on the command line is out of its range, or is not a number. The error names the range.',
    mend: 'Give a number within the range.',
  },
  E_ONE_ARM: {
    means: 'A comparison needs at least two stages or runs.',
    mend: 'Name two, or one and `--baseline`.',
  },
  E_NOT_COMPARABLE: {
    means: 'The runs differ in profile, SLO or machine, so comparing them would mean nothing.',
    mend: 'Compare runs of one profile, SLO and machine.',
  },
  E_OTHER_CHECKOUT: {
    means: 'The instance belongs to another checkout of the lab.',
    mend: 'End it from there, as the error shows, or use another instance: `--instance N`.',
  },
  E_USAGE: {
    means: 'An argument is missing, or the same thing is named twice.',
    mend: 'Read the help of the command: `./lab COMMAND --help`.',
  },
  E_NO_LABLOGS: {
    means: 'The folder holds no lab logs, or there is no such folder.',
    mend: 'Let each learner export one: `./lab workshop --report FILE`.',
  },
  E_INSTANCE_IN_USE: {
    means: 'The instance is in use, and the command would end what runs in it.',
    mend: 'Use another instance (`--instance N`), or end this one: `./lab down`.',
  },
  E_NO_FIXTURES: {
    means: 'There are no recorded runs to judge.',
    mend: 'Record some: `./lab verify --injected --record`.',
  },
  E_NO_INPUT: {
    means: 'The lab has a question, and there is no terminal to ask in.',
    mend: 'Give the answer with `--answer QUESTION=ANSWER`.',
  },
  E_ANSWER: {
    means: '`--answer` has no value.',
    mend: 'Write `--answer QUESTION=ANSWER`.',
  },
  E_WHO_LEARNS: {
    means: 'Several learners have progress on this machine, and the command named none.',
    mend: 'Add `--learner NAME`.',
  },
} as const satisfies Codes;
