import { simulated as loadBalancer, traits as before } from '../03-load-balancer/simulated.ts';
import { hostsIn, photoSite, type PhotoSite, type SiteTraits } from '../simulated/case-site.ts';
import { cpuOf, cpuOfWebs } from '../simulated/causes.ts';
import type { SimulatedStage } from '../simulated/simulated-stage.ts';
import { topology } from './stage.ts';

export const traits: SiteTraits = {
  ...before,
  topology,
  tiers: [...before.tiers, 'db-replica'],
  behindCache: ['db-replica'],
  // Of a primary that only some write to, and of anything else few ask.
  leastCpu: 0.3,
  replicasMayBeLate: true,
};

export const simulated: SimulatedStage<PhotoSite> = {
  ...loadBalancer,
  topology,
  later: [],
  tiers: traits.tiers,
  site: (...drawn) => photoSite(traits, ...drawn),
  settings: (site) => [
    ...loadBalancer.settings(site),
    `db-replica.count=${hostsIn(topology, 'db-replica')}`,
    ...(site.dbDistanceMs > 0 ? [`db-replica.distance=${site.dbDistanceMs.toFixed(1)}`] : []),
    ...(site.replayDelayMs > 0 ? [`db-replica.delay=${site.replayDelayMs}`] : []),
  ],
  singles: [
    [
      { kind: 'cpu', cause: cpuOf('db-replica') },
      { kind: 'cpu', cause: cpuOfWebs('web') },
      { kind: 'cpu', cause: cpuOf('lb') },
    ],
    [{ kind: 'cpu', cause: cpuOf('db'), profiles: ['writes'] }],
  ],
  pairs: [],
  spoilt: null,
};
