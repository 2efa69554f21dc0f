import { Problem } from '@loadstair/kit';

/** A run folder that cannot be used, and why. Exit status 2. */
export class BadRun extends Problem {
  constructor(what: string, why: string, advice: string, code: string) {
    super({ what, why, do: advice, code, exit: 2 });
  }
}
