import type { RunningSite } from '@loadstair/runtime';
import { isReplicated, type Placement } from '@loadstair/topology';
import type { SiteSession } from '../site-session.ts';

/** Hosts and size of every tier at a moment. */
type Shape = ReadonlyMap<string, { readonly count: number; readonly cpu: number }>;

export function shapeOf(site: RunningSite): Shape {
  return new Map(
    site.placement.topology.tiers.map(({ name, cpu }) => {
      const hosts = site.hosts().filter((host) => host.tier === name);
      return [name, { count: hosts.length, cpu: hosts[0]?.cpu ?? cpu }];
    }),
  );
}

/** Gives a site the shape it had; dead hosts are replaced first. */
export async function putBack(session: SiteSession, before: Shape, signal: AbortSignal): Promise<void> {
  const { site } = session;
  for (const host of site.hosts().filter((one) => one.state === 'down')) {
    if (host.role === 'primary') await site.databases?.failover(signal);
    else await site.replace(host.name, signal);
  }
  for (const [tier, { count, cpu }] of before) {
    const now = shapeOf(site).get(tier);
    if (now === undefined) continue;
    if (now.cpu !== cpu) await site.resize(tier, cpu);
    if (now.count !== count) await site.scale(tier, count, signal);
  }
  await site.databases?.guarantee(declaredSync(site.placement));
  session.retarget();
}

function declaredSync({ topology }: Placement): number {
  return topology.tiers.find((tier) => isReplicated(topology, tier))?.settings.sync ?? 0;
}
