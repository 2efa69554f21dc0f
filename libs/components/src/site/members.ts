import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  addressFrom,
  cacheSettings,
  cacheTier,
  databaseGroups,
  edgeTier,
  FILES_NAME,
  groupsQueriedBy,
  hostsWith,
  NoSuchGroup,
  PORTS,
  primaryOf,
  replicasOf,
  type DatabaseGroup,
  type PlacedHost,
  type Placement,
} from '@loadstair/topology';
import { PHOTOS_DATABASE } from '@loadstair/photo-site/database';
import type { ComponentContext } from '../component.ts';
import { writeOwned } from '../owned-file.ts';
import { SITE_USER } from '../postgres/users.ts';
import { SITE_USER as CACHE_USER } from '../redis/config.ts';

/** What the site is told of its databases; it reads the file again when it changes. */
export interface DatabaseMembers {
  readonly primary: DatabaseMember;
  readonly replicas: readonly DatabaseMember[];
}

export interface DatabaseMember {
  readonly name: string;
  readonly url: string;
}

/** In a folder of its own, which the site watches: beside it other files change all the time. */
export function membersFile(host: PlacedHost): string {
  return join(host.folder, 'databases', 'members.json');
}

export function databaseUrl(placement: Placement, database: PlacedHost, client: PlacedHost, password: string): string {
  const address = database.name === client.name ? client.address : addressFrom(placement, client.place, database);
  return `postgres://${SITE_USER}:${password}@${address}:${PORTS.postgres}/${PHOTOS_DATABASE.name}`;
}

/** The group of databases that a site keeps its data in. */
export function siteGroup(host: PlacedHost, { topology }: Placement): DatabaseGroup {
  const [group] = groupsQueriedBy(topology, host.tier);
  if (group === undefined)
    throw new NoSuchGroup(
      `of ${host.tier}`,
      databaseGroups(topology).map(({ name }) => name),
    );
  return group;
}

export function membersOf(host: PlacedHost, placement: Placement, password: string): DatabaseMembers {
  const { name } = siteGroup(host, placement);
  const member = (database: PlacedHost): DatabaseMember => ({ name: database.name, url: databaseUrl(placement, database, host, password) });
  return { primary: member(primaryOf(placement, name)), replicas: replicasOf(placement, name).map(member) };
}

/** What the site is told of its caches (libs/photo-site/src/cache/plan.ts reads it). */
export interface CachePlan {
  readonly hosts: readonly {
    readonly name: string;
    readonly address: string;
    readonly port: number;
    readonly user: string;
    readonly password: string;
  }[];
  readonly through: boolean;
  readonly ttlMs: number;
  readonly jitter: number;
  readonly invalidate: boolean;
  readonly stampede: string;
}

export function cacheFile(host: PlacedHost): string {
  return join(host.folder, 'caches', 'plan.json');
}

/** Null where there is no cache tier. */
export function cachePlanOf(host: PlacedHost, placement: Placement, password: string): CachePlan | null {
  const tier = cacheTier(placement.topology);
  if (tier === null) return null;
  const { through, ttl, jitter, invalidate, stampede } = cacheSettings(tier);
  return {
    hosts: hostsWith(placement, 'redis').map((cache) => ({
      name: cache.name,
      address: addressFrom(placement, host.place, cache),
      port: PORTS.redis,
      user: CACHE_USER,
      password,
    })),
    through: through === 'on',
    ttlMs: ttl * 1000,
    jitter: jitter / 100,
    invalidate: invalidate === 'on',
    stampede,
  };
}

/** What the site is told of its files (libs/photo-site/src/http/files.ts reads it). */
export interface FilesPlan {
  readonly base: string | null;
  readonly leastLikes: number;
  readonly ttlS: number | null;
}

export function filesFile(host: PlacedHost): string {
  return join(host.folder, 'files', 'plan.json');
}

/** Null where there are no edges. */
export function filesPlanOf({ topology }: Placement): FilesPlan | null {
  const edges = edgeTier(topology);
  if (edges === null) return null;
  const { ttl, likes = 0 } = edges.settings;
  return { base: `http://${FILES_NAME}:${PORTS.http}`, leastLikes: likes, ttlS: ttl ?? null };
}

/** What a site is told of others. */
export async function writeMembers({ host, placement, secrets, user }: ComponentContext): Promise<void> {
  if (siteGroup(host, placement).followers.length > 0) await tell(membersFile(host), membersOf(host, placement, secrets.database), user);
  const plan = cachePlanOf(host, placement, secrets.cache);
  if (plan !== null) await tell(cacheFile(host), plan, user);
  const files = filesPlanOf(placement);
  if (files !== null) await tell(filesFile(host), files, user);
}

async function tell(file: string, content: unknown, user: number | null): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeOwned(file, JSON.stringify(content), user);
}
