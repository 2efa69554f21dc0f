import { Problem } from '@loadstair/kit';

/** A file that is no bundle, or a damaged one. Exit status 2. */
export class NotABundle extends Problem {
  constructor(file: string, why: string) {
    super({
      what: `${file} is not a whole bundle of the lab.`,
      why,
      do: 'copy the file again, or make another: ./lab prepare --all --bundle FILE',
      code: 'E_NOT_A_BUNDLE',
      exit: 2,
    });
  }
}

/** A bundle for something else. Exit status 2. */
export class OtherBundle extends Problem {
  constructor(file: string, why: string, mend: string) {
    super({ what: `${file} is a bundle for something else.`, why, do: mend, code: 'E_OTHER_BUNDLE', exit: 2 });
  }
}

/** A part of a bundle that could not be had when the bundle was made. Exit status 6. */
export class BundleIncomplete extends Problem {
  constructor(what: string, why: string, mend: string) {
    super({ what, why, do: mend, code: 'E_BUNDLE_INCOMPLETE', exit: 6 });
  }
}
