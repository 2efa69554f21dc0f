/**
 * Mulberry32: a small generator with a 32-bit state. Equal seeds give equal numbers, in [0, 1). k6 cannot import a package, so
 * `loadprofiles/lib/schedule.ts` has the same arithmetic, and a test holds that both give the same numbers.
 */
export function random(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/**
 * The items in an order drawn from `next`, each order equally likely (Fisher and Yates; Durstenfeld 1964, doi 10.1145/364520.364540).
 *
 * @param next uniform in [0, 1)
 */
export function shuffled<Item>(items: readonly Item[], next: () => number): Item[] {
  const order = [...items];
  for (let last = order.length - 1; last > 0; last -= 1) {
    const other = Math.floor(next() * (last + 1));
    [order[last], order[other]] = [order[other] as Item, order[last] as Item];
  }
  return order;
}
