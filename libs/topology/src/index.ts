export {
  declaredOf,
  faultsOf,
  settingEntries,
  settingsOf,
  smallestMemory,
  tooManyOf,
  UnknownComponent,
  withSettings,
  type Components,
  type DeclaredComponent,
  type HostsOfTier,
  type NumberSetting,
  type Setting,
  type SettingsDeclaration,
  type TooMany,
  type ValuesOf,
  type WordSetting,
} from './declared.ts';
export { diff, diffLines, type TopologyDiff } from './diff.ts';
export { edgeTier, isDown } from './edge.ts';
export { examplesIn, type Examples } from './examples.ts';
export { addressPrefix, inInstance, type AddressPlan } from './address-plan.ts';
export { withPlaces, type TopologyBeforePlaces } from './before-places.ts';
export { answerOf, type Asker } from './dns-policy.ts';
export { FILES_NAME, hostsNamed, namesOf, resolve, SITE_NAME, siteHost, type NameAnswer } from './names.ts';
export {
  addressFrom,
  distanceTo,
  localClients,
  longestDistance,
  longWays,
  placesOf,
  placesOfTier,
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
export { CORES_PER_LAB_CPU } from './lab-cpu.ts';
export { nearMiss } from './near-miss.ts';
export { HostNumbers, MAX_NUMBER, NoNumberLeft } from './numbers.ts';
export { hashOf, placeHost, placeTopology } from './place.ts';
export { callers, peers, rolesOf, tiersServing } from './peers.ts';
export { labdPort, PORTS, type PlacedHost, type Placement } from './placement.ts';
export { relax, type Relaxable, type Relaxed } from './relax.ts';
export {
  databaseGroups,
  groupOf,
  groupsQueriedBy,
  isReplica,
  isReplicated,
  NoSuchGroup,
  primaryOf,
  replicaCount,
  replicasOf,
  roleOf,
  tierByRole,
  type DatabaseGroup,
} from './replication.ts';
export { applyLive, applySettings, keysOf, liveSettings, SettingError, type Key } from './settings.ts';
export { settingRows, type SettingRow } from './setting-rows.ts';
export { BIGGEST, MAX_HOSTS_OF_TIER, SMALLEST } from './sizes.ts';
export type {
  ComponentKind,
  Distance,
  DnsPolicy,
  Host,
  Link,
  Place,
  PublicName,
  SettingValue,
  Tier,
  TierSettings,
  Topology,
} from './topology.ts';
export { startOrder } from './start-order.ts';
export { validate } from './validate.ts';
