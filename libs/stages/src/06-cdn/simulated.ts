import { userPlaces } from '@loadstair/topology';
import { cachedSite, simulated as cache, traits as before, type CachedSite } from '../05-cache/simulated.ts';
import { CALM_WAKES } from '../simulated/arrival-demand.ts';
import { hostsIn, labCpus, photoSite, withDemand, type SiteTraits } from '../simulated/case-site.ts';
import { cpuOf, cpuOfWebs, oneAlone } from '../simulated/causes.ts';
import type { CauseInSite, SimulatedStage } from '../simulated/simulated-stage.ts';
import { topology } from './stage.ts';

const traits: SiteTraits = { ...before, topology, tiers: ['edge', ...before.tiers] };

/** Edges of a region are down: the site sends its files, and the web servers have no room for them; the balancer has. */
export const edgesDown: CauseInSite<CachedSite> = (base, target) => {
  // Users of the two regions arrive in turn.
  const site = withDemand({ ...base, assumed: { ...base.assumed, unsent: 0.5 } });
  const lb = labCpus(withDemand(site, CALM_WAKES).demand, 'lb', 1.5 * target, hostsIn(topology, 'lb'));
  const cpu = { ...base.cpu, web: labCpus(site.demand, 'web', target, base.webs), lb };
  return { site: { ...site, cpu }, control: { ...base, cpu }, cause: { tier: 'web', resource: 'cpu' } };
};

export const simulated: SimulatedStage<CachedSite> = {
  ...cache,
  topology,
  later: [],
  tiers: traits.tiers,
  site: (...drawn) => cachedSite(photoSite(traits, ...drawn)),
  settings: (site) => [
    ...cache.settings(site),
    `edge.count=${hostsIn(topology, 'edge')}`,
    // Users there have a long way to the site.
    ...(site.assumed.unsent > 0 ? [`edge.down=${userPlaces(topology).at(-1)}`] : []),
  ],
  singles: [
    [],
    [
      { kind: 'cpu', cause: cpuOf('edge'), profiles: ['galleries'] },
      { kind: 'cpu', cause: cpuOfWebs('web') },
      { kind: 'cpu alone', cause: oneAlone('web') },
      { kind: 'edge down', cause: edgesDown, profiles: ['galleries'] },
    ],
  ],
};
