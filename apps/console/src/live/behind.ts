import type { LivePoint } from '@loadstair/runs/live-state';

/** Less than this share of what was offered came back. */
const SHARE = 0.98;
/** Points are means over so many seconds. */
const WINDOW_S = 3;
/** For so many points in a row, a second each. */
const LASTING = 3;

/**
 * The gap between what is offered and what comes back, where it lasts and is more than Poisson arrivals vary by themselves
 * (two standard deviations of their count in a window); null elsewhere.
 */
export function behind(points: readonly LivePoint[]): { readonly top: (number | null)[]; readonly bottom: (number | null)[] } {
  const isBehind = points.map(({ offered, achieved }) => {
    const byChance = (2 * Math.sqrt(offered * WINDOW_S)) / WINDOW_S;
    return achieved < Math.min(SHARE * offered, offered - byChance);
  });
  const lasts = isBehind.map((now, index) => {
    if (!now) return false;
    let from = index;
    let to = index;
    while (isBehind[from - 1] === true) from -= 1;
    while (isBehind[to + 1] === true) to += 1;
    return to - from + 1 >= LASTING;
  });
  return {
    top: points.map(({ offered }, index) => (lasts[index] === true ? offered : null)),
    bottom: points.map(({ achieved }, index) => (lasts[index] === true ? achieved : null)),
  };
}
