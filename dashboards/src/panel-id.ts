const IDS = 1_000_000;

/**
 * Id of a panel from its key: the same whatever else is added to a dashboard, so that links and kept series stay right.
 * FNV-1a (http://www.isthe.com/chongo/tech/comp/fnv/), folded to six digits; a test sees that no two of a dashboard meet.
 */
export function panelId(key: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(key)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return 1 + (hash % IDS);
}
