export { CACHE_DEFAULTS, cacheSettings, cacheTier, entryBytes } from './cache.ts';
export { connectionProblem, MAX_CONNECTIONS } from './connections.ts';
export { diff, diffLines, type TopologyDiff } from './diff.ts';
export {
  edgeAddresses,
  edgeTier,
  isDown,
  originAddresses,
  publicAddressFrom,
  regionOf,
  regionOfClient,
  REGIONS,
  regionsOf,
  siteHost,
  type Region,
} from './edge.ts';
export {
  addHosts,
  addTier,
  changeTier,
  evolve,
  link,
  makePrivate,
  resize,
  setDistance,
  setOnTier,
  splitTier,
  UnknownTier,
  unlink,
  type Change,
} from './evolve.ts';
export { FAULT_NAMES, FAULTS, faultsOf, type Fault, type FaultName } from './faults.ts';
export { nearMiss } from './near-miss.ts';
export { nextNumber, NoNumberLeft } from './numbers.ts';
export { FILES_NAME, hashOf, placeHost, placeTopology, SITE_NAME } from './place.ts';
export { BALANCER_CONNECTIONS, mostFiles, type OpenFiles } from './open-files.ts';
export { hostsWith, labdPort, PORTS, type PlacedHost, type Placement } from './placement.ts';
export { relax, type Relaxed } from './relax.ts';
export {
  databaseGroups,
  groupOf,
  groupsQueriedBy,
  isReplica,
  isReplicated,
  NoSuchGroup,
  primaryOf,
  replicasOf,
  roleOf,
  tierByRole,
  type DatabaseGroup,
} from './replication.ts';
export { applyLive, applySettings, keysOf, liveSettings, SettingError } from './settings.ts';
export { BIGGEST, SMALLEST, smallestMemory } from './sizes.ts';
export {
  CONSISTENCIES,
  type CacheSettings,
  type ComponentKind,
  type Consistency,
  type Host,
  type Keep,
  type Link,
  type Sticky,
  type Tier,
  type TierSettings,
  type Topology,
} from './topology.ts';
export { validate } from './validate.ts';
