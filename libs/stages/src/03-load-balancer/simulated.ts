import { HOLDING, simulated as separateDatabase, traits as before } from '../02-separate-database/simulated.ts';
import { photoSite, type PhotoSite, type SiteTraits } from '../simulated/case-site.ts';
import { cpuOf, cpuOfWebs, disk, eventLoop, heap, lock, oneAlone, pool, reclaim, slots, takenOut } from '../simulated/causes.ts';
import type { SimulatedStage } from '../simulated/simulated-stage.ts';
import { topology } from './stage.ts';

export const traits: SiteTraits = { ...before, topology, tiers: ['lb', ...before.tiers], webs: [2, 2, 2, 3] };

export const simulated: SimulatedStage<PhotoSite> = {
  ...separateDatabase,
  topology,
  tiers: traits.tiers,
  profiles: ['pages', 'mixed', 'reads', 'reads'],
  site: (...drawn) => photoSite(traits, ...drawn),
  settings: (site) => [
    ...separateDatabase.settings(site),
    `web.count=${site.webs}`,
    `lb.maxconn=${site.maxconn}`,
    ...(site.webDistanceMs > 0 ? [`web.distance=${site.webDistanceMs.toFixed(1)}`] : []),
  ],
  singles: [
    [
      { kind: 'cpu', cause: cpuOf('lb') },
      { kind: 'cpu', cause: cpuOfWebs('web') },
      { kind: 'cpu', cause: cpuOf('db') },
      { kind: 'pool', cause: pool('web', 'db'), profiles: HOLDING },
      { kind: 'slots', cause: slots('lb', 'web', 'db'), profiles: HOLDING },
      { kind: 'lock', cause: lock('db') },
      { kind: 'event-loop', cause: eventLoop('web') },
      { kind: 'memory', cause: heap('web') },
      { kind: 'memory', cause: reclaim('db') },
      { kind: 'disk', cause: disk('db') },
    ],
    [{ kind: 'cpu alone', cause: oneAlone('web') }],
  ],
  // Two looks in a row wait for a second each only where the queue grows fast.
  later: [{ kind: 'taken out', cause: takenOut(eventLoop('web')), climb: [0.45, 0.6, 0.8, 1.6, 2] }],
  pairs: [
    [
      { kind: 'cpu + cpu', both: [cpuOfWebs('web'), cpuOf('db')] },
      { kind: 'cpu + cpu', both: [cpuOf('lb'), cpuOf('db')] },
    ],
    [
      { kind: 'cpu + pool', both: [cpuOf('db'), pool('web', 'db')], profiles: HOLDING },
      { kind: 'cpu + slots', both: [cpuOf('db'), slots('lb', 'web', 'db')], profiles: HOLDING },
    ],
    [{ kind: 'cpu + lock', both: [cpuOfWebs('web'), lock('db')] }],
  ],
};
