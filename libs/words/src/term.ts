/** A term of the lab, as all texts use it. */
export interface Term {
  /** As texts write it, such as `acknowledged write`. */
  readonly term: string;
  /** Other forms of the same term that texts use. */
  readonly also?: readonly string[];
  /** Whole sentences that do not need other terms to be understood. */
  readonly meaning: string;
  /** What texts must not write for it; the lint finds these words. */
  readonly avoid?: readonly string[];
}
