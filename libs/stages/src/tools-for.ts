import { declarationOf, mayBeSlow, type ToolDeclaration } from '@loadstair/components/declarations';
import { longestDistance, type Topology } from '@loadstair/topology';
import type { Stage } from './stage.ts';

/** Programs that some stage needs. */
export function neededTools(stages: readonly Stage[]): string[] {
  return [...new Set<string>(['node', ...stages.flatMap((stage) => toolsFor(stage.topology))])];
}

/** Programs a run of a topology needs: those of its components, and those every run needs. */
export function toolsFor(topology: Topology): string[] {
  const names = new Set<string>(['k6', 'prometheus', 'nft']);
  if (topology.tiers.some((tier) => longestDistance(topology, tier) > 0) || mayBeSlow(topology)) names.add('toxiproxy');
  for (const kind of topology.tiers.flatMap((tier) => tier.components)) {
    names.add(declarationOf(kind).tool.name);
  }
  // The program that runs us is the one that runs the site.
  names.delete('node');
  return [...names];
}

/** What needs a program, as people read it: the first stage that does, and what beside stages. */
export function toolNeededBy({ name, alsoFor }: ToolDeclaration, stages: readonly Stage[]): string {
  const first = stages.find(({ topology }) => name === 'node' || toolsFor(topology).includes(name));
  const stage = first === undefined ? [] : [first === stages[0] ? 'every stage' : `stage ${first.topology.stage}`];
  return [...stage, ...(alsoFor === undefined ? [] : [alsoFor])].join(', ');
}
