import { isReplica, type Topology } from '@loadstair/topology';
import { board, type Board, type Row } from '../board.ts';
import { timeSeries } from '../panels/time-series.ts';
import type { Absence, PlacedLater } from '../panels/panel.ts';
import { cpuUse, eventLoopUse, FULL, resourceKindsOf, softUse, type ResourceKind } from '../resource-panels.ts';
import { requestPanels } from '../request-panels.ts';
import { tiersInOrder, type KnownTier } from '../tier-order.ts';
import { max } from '../promql.ts';

/** One row a tier of the catalogue, in the order data flows: rate, errors, duration, saturation. */
export function tiers(topologies: readonly Topology[]): Board {
  return board({
    uid: 'tiers',
    title: 'Tiers',
    description: 'Rate, errors, duration and saturation of every tier, in the order data flows. Tiers a stage does not have stay empty.',
    rows: tiersInOrder(topologies).map((known) => rowOf(known)),
  });
}

function rowOf({ tier, topology }: KnownTier): Row {
  const absent: Absence = { says: `This stage has no tier ${tier.name}.`, unless: { tier: tier.name } };
  const { rate, errors, duration } = requestPanels(tier.components, {
    tier: tier.name,
    width: 6,
    absent,
    follows: isReplica(topology, tier),
  });
  return { title: tier.name, panels: [rate, errors, duration, saturation(tier.name, resourceKindsOf(topology, tier), absent)] };
}

/** Use of each limit a tier has; the fullest host speaks for the tier. */
function saturation(tier: string, kinds: readonly ResourceKind[], absent: Absence): PlacedLater {
  return timeSeries({
    key: `${tier}/saturation`,
    title: `${tier} use of limits`,
    description: `How much of each limit of ${tier} is in use on its fullest host: a mean would hide the one that is full.`,
    unit: 'percentunit',
    width: 6,
    limitLine: FULL,
    absent,
    queries: [
      { expr: max(cpuUse({ tier })), legend: 'CPU', every: 1 },
      ...kinds.flatMap((kind) => {
        switch (kind) {
          case 'pool':
          case 'slots':
            return [{ expr: max(softUse({ tier, resource: kind })), legend: kind, every: 1 } as const];
          case 'event-loop':
            return [{ expr: max(eventLoopUse({ tier })), legend: 'event loop' }];
          case 'cpu':
          case 'memory':
          case 'disk':
          case 'lock':
          case 'replay':
          case 'hit-ratio':
            // Memory is in Hosts; of disk, locks, replaying and misses no limit is known.
            return [];
        }
      }),
    ],
  });
}
