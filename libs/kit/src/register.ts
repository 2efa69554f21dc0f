/**
 * Makes something known by its name that is not of the product's own, such as a fixture's.
 *
 * @returns what makes it unknown again
 * @throws Error where the name is taken
 */
export function register<Value>(known: Map<string, Value>, name: string, value: Value): () => void {
  if (known.has(name)) throw new Error(`${name} is already registered.`);
  known.set(name, value);
  return () => void known.delete(name);
}

/** What takes back several registrations, the last one first. */
export function allOf(undo: readonly (() => void)[]): () => void {
  return () => {
    for (const one of undo.toReversed()) one();
  };
}
