import type { Codes } from '@loadstair/kit';

/** The error codes of this package, for people: docs/reference/codes.md is made from them. */
export const CODES = {
  E_NO_FOLDER: {
    means: 'The file cannot be written, because its folder does not exist.',
    mend: 'Choose another place, or make the folder first.',
  },
  E_NO_FILE: {
    means: 'There is no such file to import.',
    mend: 'Check the path. `./lab export RUN FILE` makes such a file.',
  },
  E_RUN_EXISTS: {
    means: 'Another run with the same id is stored here, and the two differ.',
    mend: 'Move the folder `.lab/runs/ID` away, then import again.',
  },
  E_BENCH_HISTORY: {
    means: 'A line of the history of benches cannot be read.',
    mend: 'Rename the file that the error names; the next bench starts a new file.',
  },
  E_NO_BASELINE: {
    means: 'No run was set as the baseline.',
    mend: 'Run `./lab baseline set RUN`.',
  },
  E_BASELINE: {
    means: 'The stored baseline cannot be read.',
    mend: 'Set it again: `./lab baseline set RUN`.',
  },
  E_NOT_AN_EXPORT: {
    means: 'The file is not an exported run, or it was changed: something in it is too big, of the wrong kind, or in the wrong place.',
    mend: 'Let the owner export the run again: `./lab export RUN FILE`.',
  },
  E_NEWER_RUN: {
    means: 'A newer version of the lab made this run.',
    mend: 'Update this checkout (`git pull`).',
  },
  E_NOT_A_RUN: {
    means: 'The folder holds no run.',
    mend: 'Run `./lab runs`: it lists the stored runs.',
  },
  E_DAMAGED_RUN: {
    means: 'A file of the stored run is missing or cannot be read: the run did not end, or the folder was changed.',
    mend: 'Remove it with `./lab prune`, or import the run again.',
  },
  E_AMBIGUOUS_RUN: {
    means: 'Several runs begin with these letters.',
    mend: 'Type more of the id; the error lists the runs.',
  },
  E_NO_REPORT: {
    means: 'The run has no report file: it did not end, or an older lab made an experiment without one.',
    mend: 'Run `./lab console`, then open the run there.',
  },
  E_RECORDED_RUN: {
    means: 'The run was recorded elsewhere and came with the lab: it can be looked at, and is never changed.',
    mend: 'Make a run of your own (`./lab run STAGE`), on a machine that can measure.',
  },
  E_UNKNOWN_RUN: {
    means: 'No stored run begins with these letters.',
    mend: 'Run `./lab runs`: it lists the stored runs.',
  },
} as const satisfies Codes;
