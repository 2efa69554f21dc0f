import { distance } from 'fastest-levenshtein';

/** Edits (insert, delete, replace) that are a slip of the hand. */
const MOST_EDITS = 2;

/** The known word that is at most two edits away from what was typed, or null. */
export function nearMiss(typed: string, known: readonly string[]): string | null {
  let best: { word: string; edits: number } | null = null;
  for (const word of known) {
    const edits = distance(typed.toLowerCase(), word.toLowerCase());
    if (edits <= MOST_EDITS && edits < word.length && (best === null || edits < best.edits)) best = { word, edits };
  }
  return best?.word ?? null;
}
