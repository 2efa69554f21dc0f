import { AT_LIMIT, percent, useIn } from '@loadstair/resources';
import { failingSteps, loadSteps, type FoundOnset } from './onset.ts';
import type { RunData } from './run-data.ts';
import type { Suspect } from './suspects.ts';
import type { Imbalance } from './verdict.ts';

/** The busiest host of a tier against the mean of all of them, from which on its load is uneven (methods.md §1.4). */
const UNEVEN = 1.5;

/** Of a CPU that limits, whether it is one host's alone for want of balance; null when its peers are about as busy, or it has none. */
export function imbalanceOf(run: RunData, onset: FoundOnset, suspect: Suspect): Imbalance | null {
  if (suspect.kind !== 'cpu' || suspect.state.kind !== 'limits') return null;
  // Above the load that fills one host the others fill as well, with what is spread evenly: where the first was full tells.
  const first = loadSteps(run).filter((step) => step.offered === suspect.fullFrom);
  const steps = first.length === 0 ? failingSteps(run, onset) : first;
  const members = run.resources
    .filter((resource) => resource.tier === suspect.tier && resource.kind === 'cpu')
    .flatMap(({ id, host }) => {
      const uses = steps.flatMap((step) => useIn(step, id)?.busy ?? []);
      return uses.length === 0 ? [] : [{ host, busy: uses.reduce((sum, busy) => sum + busy, 0) / uses.length }];
    });
  const total = members.reduce((sum, member) => sum + member.busy, 0);
  const [own, next] = members.toSorted((a, b) => b.busy - a.busy);
  if (own === undefined || next === undefined || next.busy >= AT_LIMIT || own.busy / (total / members.length) < UNEVEN) return null;
  return {
    host: own.host,
    share: own.busy / total,
    evenShare: 1 / members.length,
    peers: members.filter((member) => member !== own),
  };
}

/** `imbalance: web-1 does 77 % of its tier’s work (web-2 16 %, web-3 17 % busy), so more servers would be idle too` */
export function imbalanceText({ host, share, peers }: Imbalance): string {
  const shown = peers.slice(0, 3).map(({ host, busy }) => `${host} ${percent(busy)}`);
  const left = peers.length - shown.length;
  const others = `${shown.join(', ')}${left > 0 ? ` and ${left} more` : ''}`;
  return `imbalance: ${host} does ${percent(share)} of its tier’s work (${others} busy), so more servers would be idle too`;
}
