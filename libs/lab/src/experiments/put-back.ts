import { declarations, declaredSync } from '@loadstair/components/declarations';
import { databasesOf } from '@loadstair/operations';
import type { RunningSite } from '@loadstair/runtime';
import { groupOf, liveSettings } from '@loadstair/topology';
import type { SiteSession } from '../site-session.ts';

/** Hosts and size of every tier at a moment, and the settings that may change meanwhile. */
interface Shape {
  readonly tiers: ReadonlyMap<string, { readonly count: number; readonly cpu: number }>;
  readonly settings: readonly string[];
}

export function shapeOf(site: RunningSite): Shape {
  const { topology } = site.placement;
  const tiers = topology.tiers.map(({ name, cpu }) => {
    const hosts = site.hosts().filter((host) => host.tier === name);
    return [name, { count: hosts.length, cpu: hosts[0]?.cpu ?? cpu }] as const;
  });
  return { tiers: new Map(tiers), settings: liveSettings(topology, declarations) };
}

/** Gives a site the shape it had; dead hosts are replaced first. */
export async function putBack(session: SiteSession, before: Shape, signal: AbortSignal): Promise<void> {
  const { site } = session;
  const { topology } = site.placement;
  for (const host of site.hosts().filter((one) => one.state === 'down')) {
    if (host.role === 'primary') await databasesOf(site.databases, groupOf(topology, host.tier)?.name).failover(signal);
    else await site.replace(host.name, signal);
  }
  for (const [tier, { count, cpu }] of before.tiers) {
    const now = shapeOf(site).tiers.get(tier);
    if (now === undefined) continue;
    if (now.cpu !== cpu) await site.resize(tier, cpu);
    if (now.count !== count) await site.scale(tier, count, signal);
  }
  if (shapeOf(site).settings.join(' ') !== before.settings.join(' ')) await site.set(before.settings, signal);
  for (const [group, databases] of site.databases) await databases.guarantee(declaredSync(topology, group));
  session.retarget();
}
