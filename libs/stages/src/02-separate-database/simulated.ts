import { simulated as singleServer } from '../01-single-server/simulated.ts';
import { cpuSettings, photoSite, type PhotoSite, type SiteTraits } from '../simulated/case-site.ts';
import { connections, cpuOf, cpuOfWebs, disk, eventLoop, heap, lock, pool, reclaim } from '../simulated/causes.ts';
import type { SimulatedStage } from '../simulated/simulated-stage.ts';
import { topology } from './stage.ts';

export const traits: SiteTraits = {
  topology,
  tiers: ['web', 'db'],
  webTier: 'web',
  webs: [1],
  behindCache: [],
  leastCpu: 0,
  databaseMayBeFar: true,
  replicasMayBeLate: false,
  hasCache: false,
};

/** Of those whose requests hold something. */
export const HOLDING = ['pages', 'mixed'];

export const simulated: SimulatedStage<PhotoSite> = {
  ...singleServer,
  topology,
  tiers: traits.tiers,
  profiles: ['pages', 'mixed'],
  site: (...drawn) => photoSite(traits, ...drawn),
  settings: (site) => [
    ...cpuSettings(site),
    `web.pool=${site.pool}`,
    ...(site.connections === null ? [] : [`db.connections=${site.connections}`]),
    ...(site.dbDistanceMs > 0 ? [`db.distance=${site.dbDistanceMs.toFixed(1)}`] : []),
  ],
  singles: [
    [
      { kind: 'cpu', cause: cpuOfWebs('web') },
      { kind: 'cpu', cause: cpuOf('db') },
      { kind: 'pool', cause: pool('web', 'db'), profiles: HOLDING },
      { kind: 'lock', cause: lock('db') },
      { kind: 'event-loop', cause: eventLoop('web') },
      { kind: 'memory', cause: heap('web') },
      { kind: 'memory', cause: reclaim('db') },
      { kind: 'disk', cause: disk('db') },
    ],
  ],
  later: [{ kind: 'connections', cause: connections('web', 'db'), profiles: HOLDING }],
  pairs: [
    [{ kind: 'cpu + cpu', both: [cpuOfWebs('web'), cpuOf('db')] }],
    [{ kind: 'cpu + pool', both: [cpuOfWebs('web'), pool('web', 'db')], profiles: HOLDING }],
    [{ kind: 'cpu + lock', both: [cpuOfWebs('web'), lock('db')] }],
    [{ kind: 'cpu + event-loop', both: [cpuOf('db'), eventLoop('web')] }],
  ],
  spoilt: { profile: 'pages', causes: [cpuOfWebs('web'), cpuOf('db')], webTier: 'web' },
};
