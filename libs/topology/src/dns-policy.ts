import { distanceBetween } from './places.ts';
import type { DnsPolicy, Topology } from './topology.ts';

/** Who asks for a name: where, and a number from 0 to below 1 by which weights are drawn. */
export interface Asker {
  readonly place: string;
  readonly draw: number;
}

/**
 * Which hosts a name stands for, for one who asks.
 *
 * @param hosts all that could be answered
 * @param healthy whether a host passes its health check now; where none does, all count as healthy, because any answer is better than none
 * (as Route 53 does, https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover-complex-configs.html)
 * @returns in the order of `hosts`; empty only when there are none
 */
export function answerOf<Host extends { readonly place: string }>(
  policy: DnsPolicy,
  topology: Pick<Topology, 'distances'>,
  hosts: readonly Host[],
  healthy: (host: Host) => boolean,
  asker: Asker,
): readonly Host[] {
  const living = hosts.filter(healthy);
  const candidates = leavesOutUnhealthy(policy) && living.length > 0 ? living : hosts;
  const there = [...new Set(candidates.map(({ place }) => place))];
  const chosen = choose(policy, topology, there, asker);
  return candidates.filter(({ place }) => chosen.includes(place));
}

function leavesOutUnhealthy(policy: DnsPolicy): boolean {
  return policy.kind === 'failover' || policy.checked;
}

/** @param places where there is a host to answer with */
function choose(policy: DnsPolicy, topology: Pick<Topology, 'distances'>, places: readonly string[], asker: Asker): readonly string[] {
  switch (policy.kind) {
    case 'nearest': {
      const far = (place: string): number => distanceBetween(topology, asker.place, place);
      if (places.includes(asker.place)) return [asker.place];
      const nearest = Math.min(...places.map(far));
      return places.filter((place) => far(place) === nearest);
    }
    case 'weighted': {
      const weights = places.map((place) => policy.weights[place] ?? 0);
      const all = weights.reduce((sum, weight) => sum + weight, 0);
      // Nothing is left but places that nobody should be sent to: better those than none.
      if (all === 0) return places;
      const upTo = weights.map((_, index) => weights.slice(0, index + 1).reduce((sum, weight) => sum + weight, 0));
      const drawn = upTo.findIndex((bound) => asker.draw * all < bound);
      return places.slice(drawn, drawn + 1);
    }
    case 'failover': {
      const first = policy.order.find((place) => places.includes(place));
      return first === undefined ? places : [first];
    }
  }
}
