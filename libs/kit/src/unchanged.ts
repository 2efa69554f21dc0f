/** A value that whoever gets it does not change, down to its leaves: what zod infers is writable. */
export type Unchanged<Value> = Value extends readonly unknown[] | Record<string, unknown>
  ? { readonly [Key in keyof Value]: Unchanged<Value[Key]> }
  : Value;
