export { CACHE_DEFAULTS, cacheSettings, cacheTier, entryBytes } from './cache.ts';
export { connectionProblem, MAX_CONNECTIONS } from './connections.ts';
export { diff, diffLines, type TopologyDiff } from './diff.ts';
export { edgeTier, isDown } from './edge.ts';
export { addressPrefix, inInstance, type AddressPlan } from './address-plan.ts';
export { answerOf, type Asker } from './dns-policy.ts';
export { FILES_NAME, hostsNamed, namesOf, resolve, SITE_NAME, siteHost, type NameAnswer } from './names.ts';
export {
  addressFrom,
  distanceTo,
  localClients,
  longestDistance,
  longWays,
  placesOf,
  publicAddressFrom,
  turnsOfUsers,
  userPlaces,
  type Way,
} from './places.ts';
export {
  addHosts,
  addName,
  addPlace,
  addTier,
  changeTier,
  evolve,
  link,
  makePrivate,
  resize,
  setOnTier,
  splitTier,
  UnknownTier,
  unlink,
  type Change,
} from './evolve.ts';
export { FAULT_NAMES, FAULTS, faultsOf, type Fault, type FaultName } from './faults.ts';
export { CORES_PER_LAB_CPU } from './lab-cpu.ts';
export { nearMiss } from './near-miss.ts';
export { HostNumbers, MAX_NUMBER, NoNumberLeft } from './numbers.ts';
export { hashOf, placeHost, placeTopology } from './place.ts';
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
  type Distance,
  type DnsPolicy,
  type Host,
  type Keep,
  type Link,
  type Place,
  type PublicName,
  type Sticky,
  type Tier,
  type TierSettings,
  type Topology,
} from './topology.ts';
export { validate } from './validate.ts';
