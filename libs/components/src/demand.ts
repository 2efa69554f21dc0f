import { edgeTier, groupsQueriedBy, namesOf, SITE_NAME, type Topology } from '@loadstair/topology';
import { componentOf } from './catalogue.ts';
import { modelOf, type Asked, type HttpDemand, type SimulatedModel } from './simulated.ts';

/** What one arrival takes of a busy site, by arithmetic on the model: places limits and steps, and is the truth of a load. */
export type Demand = ReadonlyMap<string, TierDemand>;

export interface TierDemand {
  /** What comes to it. */
  readonly asked: Asked;
  /** CPU ms of all its hosts, by kind of component. */
  readonly cpuMs: ReadonlyMap<string, number>;
}

export interface Assumed {
  /** Share of the reads that no cache answers, where there is one. */
  readonly missed: number;
  /** Share of the files that no edge sends, where there are edges. */
  readonly unsent: number;
  /** Share of wake-ups that are paid for. */
  readonly wakesLeft: number;
}

/** Follows an arrival from its client over the links. */
export function demandOf(
  topology: Topology,
  journeys: HttpDemand['journeys'],
  model: Pick<SimulatedModel, 'components'>,
  { unsent, ...assumed }: Assumed,
): Demand {
  const asked = new Map<string, Asked>();
  const edge = edgeTier(topology);
  const sent = edge === null ? 0 : 1 - unsent;
  const { requests, files } = sums(journeys);
  const door = namesOf(topology).find(({ name }) => name === SITE_NAME)?.tiers[0];
  if (edge !== null) ask(asked, edge.name, { http: { journeys, requests: sent * files, sent: 0, connections: 0 } });
  if (door !== undefined) ask(asked, door, { http: { journeys, requests: requests - sent * files, sent, connections: 1 } });
  // Tiers stand in the order of data flow, so that all that comes to one is known before it is looked at.
  return new Map(
    topology.tiers.map(({ name, count, components }) => {
      const cpuMs = new Map<string, number>();
      for (const kind of components) {
        const { simulated } = componentOf(kind);
        const about = { topology, tier: name, hosts: count, ...assumed };
        const found = simulated?.demand?.(asked.get(name) ?? {}, about, modelOf(kind, simulated, model));
        cpuMs.set(kind, found?.cpuMs ?? 0);
        for (const [role, more] of Object.entries(found?.asks ?? {}))
          for (const peer of tiersAsked(topology, name, role)) ask(asked, peer, { [role]: more });
      }
      return [name, { asked: asked.get(name) ?? {}, cpuMs }];
    }),
  );
}

/** A database on the same host is asked over no link. */
function tiersAsked(topology: Topology, tier: string, role: string): string[] {
  if (role === 'sql') return groupsQueriedBy(topology, tier).flatMap(({ name, followers }) => [name, ...followers]);
  return topology.links.flatMap((link) => (link.from === tier && link.role === role ? [link.to] : []));
}

function ask(asked: Map<string, Asked>, tier: string, more: Asked): void {
  const before = asked.get(tier) ?? {};
  const twice = Object.keys(more).find((role) => role in before);
  if (twice !== undefined) throw new Error(`Two tiers ask ${tier} for ${twice}; the demand of an arrival is not modelled for that.`);
  asked.set(tier, { ...before, ...more });
}

function sums(journeys: HttpDemand['journeys']): { readonly requests: number; readonly files: number } {
  const sum = { requests: 0, files: 0 };
  for (const { requests, share } of journeys) {
    for (const { file } of requests) {
      sum.requests += share;
      sum.files += file ? share : 0;
    }
  }
  return sum;
}
