import type { Placement } from '@loadstair/topology';
import { growth, type Span } from '@loadstair/resources';
import type { Samples } from './samples.ts';

/**
 * Requests that came to the hosts which clients reach in a window, as those counted them; nothing where one of them does not count. Of what an
 * edge was asked for and did not have, the host counts that it fetched it from.
 */
export function cameIn({ hosts }: Placement, { soft }: Samples, { startMs, endMs }: Span): { readonly came?: number } {
  const reached = hosts.filter(({ publicAddress }) => publicAddress !== null);
  const counts = reached.map(({ name }) => {
    const points = soft.flatMap(({ host, atMs, requests, files }) => {
      const value = files?.hits ?? requests;
      return host !== name || value === undefined ? [] : [{ atMs, value }];
    });
    return growth(points, startMs, endMs);
  });
  const known = counts.flatMap((count) => count ?? []);
  return known.length === 0 || known.length < counts.length ? {} : { came: known.reduce((sum, count) => sum + count, 0) };
}
