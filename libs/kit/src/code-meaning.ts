/** What a person must know of a code that an error or a refusal carries. */
export interface CodeMeaning {
  /** What happened, in one or two sentences. */
  readonly means: string;
  /** What to do about it, a command where there is one. */
  readonly mend: string;
}

/**
 * Error codes by name. The file `codes.ts` of a package declares those that its errors carry; docs/reference/codes.md is made from all of
 * them, and a test holds that every code in the sources is declared once.
 */
export type Codes = Readonly<Record<`E_${string}`, CodeMeaning>>;
