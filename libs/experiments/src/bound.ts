/** A measured number and the bound it is held to, so that it can be said how far it was from failing. */
export interface Bound {
  readonly value: number;
  readonly bound: number;
  /** Whether the value must be at least the bound, or at most. */
  readonly side: 'least' | 'most';
}

/** Whether something holds, with the bounds that decide it. */
export interface Held {
  readonly holds: boolean;
  readonly bounds: readonly Bound[];
}

export function atLeast(value: number, bound: number): Held {
  return { holds: value >= bound, bounds: [{ value, bound, side: 'least' }] };
}

export function atMost(value: number, bound: number): Held {
  return { holds: value <= bound, bounds: [{ value, bound, side: 'most' }] };
}

/**
 * Between two bounds. One that cannot be passed is none: nothing is below `floor`, and no bound is above `ceiling`.
 *
 * @param range.most null is no upper bound
 */
export function between(
  value: number,
  range: { readonly least: number; readonly most: number | null },
  { floor = 0, ceiling = Infinity }: { readonly floor?: number; readonly ceiling?: number } = {},
): Held {
  const { least, most } = range;
  return allHold(...(least <= floor ? [] : [atLeast(value, least)]), ...(most === null || most >= ceiling ? [] : [atMost(value, most)]));
}

/** One value above another, by their difference; equal is not above. */
export function above(own: number, other: number): Held {
  return { ...atLeast(own - other, 0), holds: own > other };
}

/** Everything of a list holds. */
export function allHold(...each: readonly Held[]): Held {
  return { holds: each.every(({ holds }) => holds), bounds: each.flatMap(({ bounds }) => bounds) };
}
