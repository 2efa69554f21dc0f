import { declaredOf, type Components } from './declared.ts';
import { FILES_NAME, namesOf } from './names.ts';
import type { PlacedHost } from './placement.ts';
import type { Tier, Topology } from './topology.ts';

/** The tier whose hosts keep files near their clients, under a name of their own; null when clients fetch them from the site itself. */
export function edgeTier(topology: Topology): Tier | null {
  const named = namesOf(topology).find(({ name }) => name === FILES_NAME);
  return topology.tiers.find((tier) => named?.tiers.includes(tier.name) === true) ?? null;
}

/** Whether a host answers no client, for a fault that a component of its tier was given in its place. */
export function isDown({ tierSpec, place }: Pick<PlacedHost, 'tierSpec' | 'place'>, components: Components): boolean {
  return tierSpec.components.some((kind) =>
    Object.entries(declaredOf(components, kind).settings).some(
      ([name, setting]) => 'silences' in setting && setting.silences === true && tierSpec.settings[kind]?.[name] === place,
    ),
  );
}
