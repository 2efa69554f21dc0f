import type { Codes } from './code-meaning.ts';

/** The error codes of this package, for people: docs/reference/codes.md is made from them. */
export const CODES = {
  E_DISK: {
    means: 'The disk refused a write: it is full, or the file may not be written.',
    mend: 'Run `./lab prune` to see what can be removed, or make room, then run the command again.',
  },
} as const satisfies Codes;
