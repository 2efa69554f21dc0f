/** A run folder that cannot be used, and why. Exit status 2. */
export class BadRun extends Error {
  readonly what: string;
  readonly why: string;
  readonly do: string;
  readonly code: string;
  readonly exit = 2;
  constructor(what: string, why: string, advice: string, code: string) {
    super(`${what} ${why}`);
    this.name = 'BadRun';
    this.what = what;
    this.why = why;
    this.do = advice;
    this.code = code;
  }
}

/** A write that the disk refused. Exit status 1. */
export class DiskRefused extends Error {
  readonly what: string;
  readonly why: string;
  readonly do = 'free some space, then run it again';
  readonly code = 'E_DISK';
  readonly exit = 1;
  constructor(file: string, reason: string) {
    super(`${file} could not be written: ${reason}`);
    this.name = 'DiskRefused';
    this.what = `${file} could not be written.`;
    this.why = reason;
  }
}
