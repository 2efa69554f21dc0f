import { rate, rateWithInterval, resourceName } from '@loadstair/analysis';
import { nothingUpTo } from '../questions/ran.ts';
import type { Grade } from '../progress.ts';
import type { RanLoad } from '../seen.ts';
import { costText, type Fix } from './fix.ts';
import type { Topology } from '@loadstair/topology';

/** The load at which a site stopped meeting its SLO, arrivals/s; where it never did, the highest load that was offered. */
export interface Carried {
  readonly load: number;
  /** Whether the run found the end. */
  readonly ended: boolean;
  /** `43.2/s (40–46)`, and what limits it. */
  readonly words: string;
}

/** How much a run shows that its site carries. */
export function carriedIn({ verdict }: RanLoad): Carried {
  switch (verdict.kind) {
    case 'named': {
      const { load, interval } = verdict;
      const limits = [verdict, ...verdict.with].map(resourceName).join(' and ');
      return { load, ended: true, words: `${rateWithInterval(load, interval)}; ${limits} limits it now` };
    }
    case 'unexplained':
      return { load: verdict.load, ended: true, words: `${rate(verdict.load)}/s; nothing measured explains what limits it now` };
    case 'none-in-range':
      return { load: verdict.highest, ended: false, words: `${rate(verdict.highest)}/s and more: nothing ran out` };
  }
}

/** The goal, arrivals/s; null before a run has shown where the unchanged site ends. */
export function goalOf({ factor }: Fix, unchanged: RanLoad | null): number | null {
  if (unchanged === null) return null;
  const { load, ended } = carriedIn(unchanged);
  return ended ? factor * load : null;
}

/** The sentence that says what is to be reached. */
export function goalText(fix: Fix, unchanged: RanLoad | null): string {
  const times = `${fix.factor} times`;
  const goal = goalOf(fix, unchanged);
  if (goal === null)
    return `Goal: ${times} the load that the site carries unchanged. That load is not known yet: run the site once without a change.`;
  return `Goal: the site meets its SLO up to ${rate(goal)}/s, ${times} the ${rate(goal / fix.factor)}/s that it carries unchanged.`;
}

/** What a run of the changed site came to: `right` when the goal is reached. */
export function judgeFix(fix: Fix, unchanged: RanLoad | null, ran: RanLoad, changed: Topology): Grade {
  const carried = carriedIn(ran);
  const goal = goalOf(fix, unchanged);
  const cost = costText(fix, changed);
  if (goal === null) return { outcome: 'unsure', text: `Unchanged, the site carries ${carried.words}.` };
  const says = `goal ${rate(goal)}/s. The changed site (${cost}) carries ${carried.words}.`;
  if (carried.load >= goal) return { outcome: 'right', text: `Reached: ${says}` };
  if (!carried.ended) return { outcome: 'not-shown', text: `Not shown: goal ${rate(goal)}/s. ${nothingUpTo(carried.load)}` };
  return { outcome: 'differs', text: `Not reached: ${says}` };
}
