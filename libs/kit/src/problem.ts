/** What a person needs of an error: the terminal's error block, and the members of an RFC 9457 document. */
export interface ProblemLines {
  /** What happened, one sentence. */
  readonly what: string;
  /** Why; empty when that is all there is to say. */
  readonly why: string;
  /** What to do, a command where there is one. */
  readonly do: string;
  /** Stable, such as `E_DISK`. */
  readonly code: string;
  /** Exit status of a command that ends with it. */
  readonly exit: number;
}

/** An error a person can act on. Each kind is a class of its own, named for what went wrong. */
export class Problem extends Error implements ProblemLines {
  readonly what: string;
  readonly why: string;
  readonly do: string;
  readonly code: string;
  readonly exit: number;

  constructor(lines: ProblemLines, options?: ErrorOptions) {
    super(lines.why === '' ? lines.what : `${lines.what} ${lines.why}`, options);
    this.name = new.target.name;
    this.what = lines.what;
    this.why = lines.why;
    this.do = lines.do;
    this.code = lines.code;
    this.exit = lines.exit;
  }
}
