import { componentOf } from '@loadstair/components';
import { panelsByKind } from '@loadstair/components/panels';
import { placeTopology, type Tier, type Topology } from '@loadstair/topology';
import type { PlacedLater } from './panels/panel.ts';
import { declaredPanel } from './request-panels.ts';
import { hostPanels } from './resource-panels.ts';

/** What may run out on the hosts of a tier: what every host has, then each kind of resource of its components, as they want it drawn. */
export function limitPanels(topology: Topology, tier: Tier, width: number): PlacedLater[] {
  const placement = placeTopology(topology, { instance: 1, labFolder: '' });
  const [host] = placement.hosts.filter((one) => one.tier === tier.name);
  const drawn = new Map<string, PlacedLater>();
  for (const component of tier.components) {
    for (const { kind } of host === undefined ? [] : componentOf(component).metrics.resources(host, placement)) {
      const limit = panelsByKind.get(component)?.limits?.[kind];
      if (limit === undefined) throw new Error(`${component} has a resource ${kind}, and its panels do not say how it is drawn.`);
      drawn.set(kind, declaredPanel(`${tier.name}/${kind}`, limit({ tier: tier.name }), width));
    }
  }
  return [...hostPanels(tier.name, width), ...drawn.values()];
}
