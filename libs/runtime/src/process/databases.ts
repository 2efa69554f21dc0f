import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { componentOf, type ComponentContext, type Replication } from '@loadstair/components';
import { Problem } from '@loadstair/kit';
import { groupOf, primaryOf, roleOf, type DatabaseGroup, type PlacedHost, type Placement } from '@loadstair/topology';
import type { Databases } from '@loadstair/operations';
import type { RunningHost } from './host.ts';

/** Nothing lives that could take the primary's place. */
export class NoReplica extends Problem {
  constructor(primary: string, { followers }: DatabaseGroup) {
    super({
      what: `No replica can be promoted in place of ${primary}.`,
      why: `no replica of ${primary} is running`,
      do: `./lab scale ${followers[0] ?? 'the tier of replicas'} 1`,
      code: 'E_NO_REPLICA',
      exit: 2,
    });
  }
}

/** A host that others follow cannot be replaced by a fresh one. */
export class TakesWrites extends Problem {
  constructor(host: string) {
    super({
      what: `${host} cannot be replaced.`,
      why: 'it is the primary, and no other host is certain to have all its data',
      do: './lab failover',
      code: 'E_TAKES_WRITES',
      exit: 2,
    });
  }
}

/** The site as far as a group of its databases needs it. */
interface Surroundings {
  readonly placement: () => Placement;
  readonly hosts: () => readonly RunningHost[];
  /** Folder for what old primaries had. */
  readonly keepIn: string;
  /** Makes a host the primary of the group, and tells everybody. */
  readonly becomePrimary: (name: string, signal: AbortSignal) => Promise<void>;
  readonly startAnew: (host: RunningHost, signal: AbortSignal) => Promise<void>;
}

export function createDatabases(group: DatabaseGroup, site: Surroundings): Databases {
  /** Data of hosts that were the primary, by name; null of one that was destroyed with its disk. */
  const kept = new Map<string, string | null>();
  const primary = (): RunningHost => {
    const { name } = primaryOf(site.placement(), group.name);
    const host = site.hosts().find((one) => one.placed.name === name);
    if (host === undefined) throw new Error(`The primary ${name} is not among the hosts.`);
    return host;
  };
  const isMember = (host: PlacedHost): boolean => groupOf(site.placement().topology, host.tier)?.name === group.name;
  const followers = (): RunningHost[] =>
    site.hosts().filter(({ state, placed }) => state === 'up' && isMember(placed) && roleOf(site.placement(), placed) === 'replica');

  return {
    async failover(signal) {
      const old = primary();
      if (followers().length === 0) throw new NoReplica(old.placed.name, group);
      // Dead before anybody else takes writes: two that do would part for ever.
      if (old.state !== 'down') await old.crash();
      const fencedMs = Date.now();
      const successor = await mostAdvanced(followers());
      const { context, replication } = partOf(successor);
      await replication.promote(context, signal);
      await site.becomePrimary(successor.placed.name, signal);
      successor.emit('promoted', `in place of ${old.placed.name}`);
      const servingMs = Date.now();
      kept.set(old.placed.name, old.diskGone ? null : await keepData(old, site.keepIn));
      await site.startAnew(old, signal);
      return { from: old.placed.name, to: successor.placed.name, fencedMs, servingMs };
    },
    async recover(signal) {
      const { context, replication } = partOf(primary());
      const all = [];
      for (const [host, data] of kept) {
        if (data === null) all.push({ host, restored: {}, present: 0, conflicts: [], diskGone: true });
        else all.push({ host, ...(await replication.restore(context, data, signal)) });
      }
      return all;
    },
    guarantee(replicas) {
      const { context, replication } = partOf(primary());
      return replication.guarantee(context, replicas);
    },
    lag() {
      const { context, replication } = partOf(primary());
      return replication.lag(
        context,
        followers().map((host) => host.context()),
      );
    },
    missing(rows) {
      const { context, replication } = partOf(primary());
      return replication.missing(context, rows);
    },
  };
}

/** The replica that has received most of the primary's log: the fewest writes are lost with it. */
async function mostAdvanced(hosts: readonly RunningHost[]): Promise<RunningHost> {
  const places = await Promise.all(
    hosts.map(async (host) => {
      const { context, replication } = partOf(host);
      return { host, position: await replication.position(context) };
    }),
  );
  return places.reduce((most, one) => (one.position > most.position ? one : most)).host;
}

/** Moves a dead host's data out of its folder, before the host is built anew; where it is now. */
async function keepData(host: RunningHost, folder: string): Promise<string> {
  const { context, replication } = partOf(host);
  const to = join(folder, host.placed.name);
  await mkdir(folder, { recursive: true });
  await rm(to, { recursive: true, force: true });
  await rename(replication.dataFolder(context.host), to);
  return to;
}

/** A replica that was taken away is not asked again, and its copy is big. */
export async function forgetData(host: RunningHost): Promise<void> {
  const replication = replicationOf(host.placed);
  if (replication !== null) await rm(replication.dataFolder(host.placed), { recursive: true, force: true });
}

function replicationOf(host: PlacedHost): Replication | null {
  return host.tierSpec.components.map((kind) => componentOf(kind).replication).find((one) => one !== undefined) ?? null;
}

function partOf(host: RunningHost): { readonly context: ComponentContext; readonly replication: Replication } {
  const replication = replicationOf(host.placed);
  if (replication === null) throw new Error(`Nothing on ${host.placed.name} replicates a database.`);
  return { context: host.context(), replication };
}
