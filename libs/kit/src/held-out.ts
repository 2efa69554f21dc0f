const OFFSET = 0x811c9dc5;
const PRIME = 0x01000193;
const PARTS = 3;

/**
 * Whether a test case belongs to the third that nobody looks at while rules are made, so that its score is an honest one. By a hash of
 * its name alone (FNV-1a, 32 bits), so that it stays there whatever other cases there are.
 *
 * @param name of the case, with the seed it was drawn from where there is one
 */
export function isHeldOut(name: string): boolean {
  let hash = OFFSET;
  for (const byte of new TextEncoder().encode(name)) hash = Math.imul(hash ^ byte, PRIME) >>> 0;
  // Its lowest bits hardly mix.
  return ((hash ^ (hash >>> 15)) >>> 0) % PARTS === 0;
}
