import type { PlacedHost } from './placement.ts';
import type { Tier, Topology } from './topology.ts';

/** The tier whose hosts keep files near their clients; null when clients fetch them from the site itself. */
export function edgeTier(topology: Topology): Tier | null {
  return topology.tiers.find((tier) => tier.components.includes('varnish')) ?? null;
}

/** Whether a host answers no client, for a fault that a component of its tier was given in its place. */
export function isDown({ tierSpec, place }: Pick<PlacedHost, 'tierSpec' | 'place'>): boolean {
  return Object.values(tierSpec.settings).some((values) => values['down'] === place);
}
