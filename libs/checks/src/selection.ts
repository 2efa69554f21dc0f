/** A real run that can be left out of one `./lab test` and come round in another. */
export interface Candidate {
  readonly name: string;
  /** Whether something it depends on changed lately. */
  readonly changed: boolean;
  /** When it passed last on this machine, ms since 1970; null where that is not known. */
  readonly passedAtMs: number | null;
  /** s; measured where it ran before, else as declared. */
  readonly takesS: number;
}

export interface Selection {
  readonly chosen: readonly Candidate[];
  readonly left: readonly Candidate[];
}

/**
 * What fits into a time: first what changed, then what passed longest ago, and what never ran here in an order that the seed
 * gives, so that all come round. A long one that does not fit makes room for shorter ones behind it.
 *
 * @param withinS s
 * @param seed for example the commit
 */
export function selectWithin(candidates: readonly Candidate[], withinS: number, seed: string): Selection {
  const turns = candidates
    .map((candidate) => ({ candidate, chance: hashOf(`${seed} ${candidate.name}`) }))
    .toSorted(
      (a, b) =>
        Number(b.candidate.changed) - Number(a.candidate.changed) ||
        (a.candidate.passedAtMs ?? 0) - (b.candidate.passedAtMs ?? 0) ||
        a.chance - b.chance,
    )
    .map(({ candidate }) => candidate);
  const chosen: Candidate[] = [];
  let leftS = withinS;
  for (const candidate of turns) {
    if (candidate.takesS > leftS) continue;
    chosen.push(candidate);
    leftS -= candidate.takesS;
  }
  return { chosen, left: candidates.filter((candidate) => !chosen.includes(candidate)) };
}

/** FNV-1a, 32 bits: http://www.isthe.com/chongo/tech/comp/fnv/. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(text)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash;
}
