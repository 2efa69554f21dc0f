import type { ProblemLines } from '@loadstair/runs';

/** An error a person can act on. */
export class VerifyProblem extends Error {
  readonly what: string;
  readonly why: string;
  readonly do: string;
  readonly code: string;
  readonly exit: number;
  constructor(lines: ProblemLines) {
    super(lines.what);
    this.name = 'VerifyProblem';
    this.what = lines.what;
    this.why = lines.why;
    this.do = lines.do;
    this.code = lines.code;
    this.exit = lines.exit;
  }
}
