import type { ResourceInfo } from '@loadstair/resources';
import type { TierInfo } from '@loadstair/analysis';
import { componentOf } from '@loadstair/components';
import type { Placement } from '@loadstair/topology';

/** Every resource of a placement with its limit; what the verdict may name, and what a blind spot is measured against. */
export function resourcesOf(placement: Placement, coresPerLabCpu: number): ResourceInfo[] {
  return placement.hosts.flatMap((host) => {
    const of = (kind: ResourceInfo['kind'], limit: number | null): ResourceInfo => ({
      id: `${host.name}/${kind}`,
      tier: host.tier,
      host: host.name,
      kind,
      component: null,
      limit,
      waitsOn: null,
    });
    const soft = host.tierSpec.components.flatMap((kind) =>
      componentOf(kind)
        .metrics.resources(host, placement)
        .map((resource) => ({
          ...of(resource.kind, resource.limit),
          id: `${host.name}/${kind}/${resource.kind}`,
          component: kind,
          waitsOn: resource.waitsOn,
        })),
    );
    return [of('cpu', host.tierSpec.cpu * coresPerLabCpu), of('memory', host.tierSpec.memoryMiB), of('disk', null), ...soft];
  });
}

export function tiersOf(placement: Placement): TierInfo[] {
  return placement.topology.tiers.map((tier) => ({
    name: tier.name,
    hosts: placement.hosts.filter((host) => host.tier === tier.name).map((host) => host.name),
  }));
}
