import { cpuSettings, HEAVY_LOADS, LIGHT_LOADS, photoSite, type PhotoSite } from '../simulated/case-site.ts';
import { cpuOfWebs, disk, eventLoop, heap, lock, pool } from '../simulated/causes.ts';
import type { SimulatedStage } from '../simulated/simulated-stage.ts';
import { topology } from './stage.ts';

const SERVER = 'server';
const traits = {
  topology,
  tiers: [SERVER],
  webTier: SERVER,
  webs: [1],
  behindCache: [],
  leastCpu: 0,
  databaseMayBeFar: false,
  replicasMayBeLate: false,
  hasCache: false,
};

export const simulated: SimulatedStage<PhotoSite> = {
  topology,
  tiers: traits.tiers,
  profiles: ['shared-host', 'shared-host', 'mixed'],
  loads: (profile) => (profile === 'reads' || profile === 'favourites' ? LIGHT_LOADS : HEAVY_LOADS),
  site: (...drawn) => photoSite(traits, ...drawn),
  settings: (site) => [...cpuSettings(site), `server.pool=${site.pool}`],
  singles: [
    [
      { kind: 'cpu', cause: cpuOfWebs(SERVER) },
      { kind: 'pool', cause: pool(SERVER, SERVER), profiles: ['pages', 'mixed'] },
      { kind: 'lock', cause: lock(SERVER) },
      { kind: 'event-loop', cause: eventLoop(SERVER) },
      { kind: 'memory', cause: heap(SERVER) },
      { kind: 'disk', cause: disk(SERVER) },
    ],
  ],
  pairs: [],
  spoilt: { profile: 'shared-host', causes: [cpuOfWebs(SERVER)], webTier: SERVER },
};
