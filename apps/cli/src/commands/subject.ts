import { Problem } from '@loadstair/kit';

/**
 * What an action is done to: what was named, or all in a place.
 *
 * @param kind of what may be named
 * @throws Problem, exit status 2, unless exactly one of the two is given
 */
export function namedOrPlace<Named>(
  kind: 'host' | 'tier',
  named: Named | undefined,
  place: string | undefined,
): Named | { readonly place: string } {
  if (named !== undefined && place === undefined) return named;
  if (place !== undefined && named === undefined) return { place };
  throw new Problem({
    what: `Name a ${kind} or a place.`,
    why: named === undefined ? 'neither was named' : 'both were named',
    do: `name the ${kind}, or give --place`,
    code: 'E_USAGE',
    exit: 2,
  });
}
