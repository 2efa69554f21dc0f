import type { ProblemLines } from '@loadstair/kit';

/** Why the lab did not do what was asked. */
export type Failure =
  /** Nobody answers at this address. */
  | { readonly kind: 'gone' }
  /** The key is missing or wrong. */
  | { readonly kind: 'key' }
  | { readonly kind: 'problem'; readonly status: number; readonly problem: ProblemLines };

export class LabError extends Error {
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(failure.kind === 'problem' ? failure.problem.what : failure.kind);
    this.name = 'LabError';
    this.failure = failure;
  }
}

/** What any error means for the person in front of the page. */
export function failureOf(error: unknown): Failure {
  if (error instanceof LabError) return error.failure;
  const why = error instanceof Error ? error.message : String(error);
  return { kind: 'problem', status: 0, problem: { what: 'The console failed.', why, do: 'reload the page', code: 'E_CONSOLE', exit: 1 } };
}
