import { PHOTOS_DATABASE } from '@loadstair/photo-site/database';
import {
  FROM_SITE_ITSELF,
  type Caches,
  type DatabaseGroup as PlannedGroup,
  type DatabaseMember,
  type Files,
  type SitePlan,
} from '@loadstair/site-plan';
import {
  addressFrom,
  databaseGroups,
  edgeTier,
  FILES_NAME,
  groupsQueriedBy,
  NoSuchGroup,
  peers,
  primaryOf,
  replicasOf,
  settingsOf,
  type DatabaseGroup,
  type PlacedHost,
  type Placement,
} from '@loadstair/topology';
import type { Secrets } from '../component.ts';
import { serving } from '../serving.ts';
import { siteDeclaration } from './declaration.ts';

/** What the site on a host is told of its peers. */
export function sitePlanOf(host: PlacedHost, placement: Placement, secrets: Pick<Secrets, 'database' | 'cache'>): SitePlan {
  const planned = (group: DatabaseGroup): PlannedGroup => membersOf(group, host, placement, secrets.database);
  const [first, ...others] = siteGroups(host, placement);
  return {
    place: host.place,
    databases: [planned(first), ...others.map(planned)],
    consistency: settingsOf(host.tierSpec, siteDeclaration).consistency ?? siteDeclaration.settings.consistency.default,
    caches: cachesOf(host, placement, secrets.cache),
    sessions: [],
    queue: [],
    files: filesOf(placement),
  };
}

/** The groups of databases that a site keeps its data in. */
function siteGroups(host: PlacedHost, { topology }: Pick<Placement, 'topology'>): [DatabaseGroup, ...DatabaseGroup[]] {
  const [first, ...others] = groupsQueriedBy(topology, host.tier);
  if (first === undefined)
    throw new NoSuchGroup(
      `of ${host.tier}`,
      databaseGroups(topology).map(({ name }) => name),
    );
  return [first, ...others];
}

/** The tier that answers most of a site's queries: replicas, where there are some. */
export function answeringTier(host: PlacedHost, placement: Placement): string {
  const [{ name, followers }] = siteGroups(host, placement);
  return followers[0] ?? name;
}

function membersOf({ name, followers }: DatabaseGroup, host: PlacedHost, placement: Placement, password: string): PlannedGroup {
  const member = (database: PlacedHost): DatabaseMember => {
    const address = database.name === host.name ? database.address : addressFrom(placement, host.place, database);
    const { scheme, user, port } = serving(database.tierSpec, 'sql');
    return { name: database.name, url: `${scheme}://${user}:${password}@${address}:${port}/${PHOTOS_DATABASE.name}` };
  };
  return {
    name,
    primary: member(primaryOf(placement, name)),
    replicas: followers.length === 0 ? null : replicasOf(placement, name).map(member),
  };
}

function cachesOf(host: PlacedHost, placement: Placement, password: string): Caches | null {
  const caches = peers(placement, host, 'cache');
  const [first] = caches;
  if (first === undefined) return null;
  return {
    servers: caches.map((cache) => {
      const { user, port } = serving(cache.tierSpec, 'cache');
      return { name: cache.name, address: addressFrom(placement, host.place, cache), port, user, password };
    }),
    ...serving(first.tierSpec, 'cache').use(first.tierSpec),
  };
}

function filesOf({ topology }: Placement): Files {
  const edges = edgeTier(topology);
  if (edges === null) return FROM_SITE_ITSELF;
  const { use, port } = serving(edges, 'files');
  return { base: `http://${FILES_NAME}:${port}`, ...use(edges) };
}
