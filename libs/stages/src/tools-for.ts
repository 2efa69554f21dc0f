import { componentOf, type ToolName } from '@loadstair/components';
import { longestDistance, type Topology } from '@loadstair/topology';
import type { Stage } from './stage.ts';

/** Programs that some stage needs. */
export function neededTools(stages: readonly Stage[]): ToolName[] {
  return [...new Set<ToolName>(['node', ...stages.flatMap((stage) => toolsFor(stage.topology))])];
}

/** Programs a run of a topology needs: those of its components, and those every run needs. */
export function toolsFor(topology: Topology): ToolName[] {
  const names = new Set<ToolName>(['k6', 'prometheus', 'nft']);
  if (topology.tiers.some((tier) => longestDistance(topology, tier) > 0)) names.add('toxiproxy');
  for (const kind of topology.tiers.flatMap((tier) => tier.components)) {
    for (const tool of componentOf(kind).tools) names.add(tool);
  }
  // The program that runs us is the one that runs the site.
  names.delete('node');
  return [...names];
}
