/** How many passed and how many did not. */
export interface Counted {
  readonly passed: number;
  readonly failed: number;
}

/** One thing that is checked of the project. */
export interface Check {
  readonly name: string;
  /**
   * Checks it; what it prints goes to `show`. A rejection counts as one failed.
   *
   * @param signal ends it early; it resolves or rejects when nothing of it runs any more
   */
  run(show: (text: string) => void, signal: AbortSignal): Promise<Counted>;
}

const NOTHING: Counted = { passed: 0, failed: 0 };

export function sumOf(all: readonly Counted[]): Counted {
  return all.reduce((sum, one) => ({ passed: sum.passed + one.passed, failed: sum.failed + one.failed }), NOTHING);
}
