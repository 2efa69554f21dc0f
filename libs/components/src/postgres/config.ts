import { join } from 'node:path';
import { isReplica, MAX_CONNECTIONS, PORTS, primaryOf, replicaTier, type PlacedHost, type Placement } from '@loadstair/topology';
import { socketFolder } from './client.ts';

/** Who replicas connect as; it may read the log and copy the data, and nothing else. */
export const REPLICATOR = 'replicator';

/** A replica that falls further behind than this, or is away for longer, is built anew: a dead one must not fill the primary's disk. */
const KEPT_WAL = '256MB';

export function dataFolder(host: PlacedHost): string {
  return join(host.folder, 'postgres');
}

/** Where a replica finds what it follows. */
export function primaryConnection(host: PlacedHost, placement: Placement): string {
  return `host=${primaryOf(placement).reachedAt} port=${PORTS.postgres} user=${REPLICATOR} application_name=${host.name}`;
}

/** @param sync replicas that must have a commit on disk before it is answered; it does not matter which */
export function standbyNames(sync: number): string {
  return sync === 0 ? '' : `ANY ${sync} (*)`;
}

export function postgresConfig(host: PlacedHost, placement: Placement): string {
  const buffersMiB = Math.max(16, Math.min(128, Math.floor(host.tierSpec.memoryMiB / 4)));
  const settings: Record<string, string> = {
    listen_addresses: `'${host.address}'`,
    port: String(PORTS.postgres),
    unix_socket_directories: `'${socketFolder(host, placement)}'`,
    shared_buffers: `${buffersMiB}MB`,
    max_connections: String(MAX_CONNECTIONS),
    // Compiling plans costs more than these short queries take.
    jit: 'off',
    max_wal_size: '1GB',
    log_destination: 'stderr',
    logging_collector: 'off',
    log_line_prefix: `'%m [%p] '`,
    ...replicationSettings(host, placement),
  };
  return `\n# loadstair\n${Object.entries(settings)
    .map(([name, value]) => `${name} = ${value}\n`)
    .join('')}`;
}

/** The same on the primary and on what follows it, so that any of them can take the other's place. */
function replicationSettings(host: PlacedHost, placement: Placement): Record<string, string> {
  const { topology } = placement;
  if (replicaTier(topology) === null) return {};
  const primaryTier = topology.tiers.find((tier) => tier.components.includes('postgres') && !isReplica(topology, tier));
  const sync = primaryTier?.settings.sync ?? 0;
  const following = primaryOf(placement).name !== host.name;
  return {
    max_wal_senders: '40',
    wal_keep_size: KEPT_WAL,
    wal_receiver_status_interval: '1s',
    wal_retrieve_retry_interval: '500ms',
    synchronous_standby_names: `'${standbyNames(sync)}'`,
    ...(following
      ? {
          primary_conninfo: `'${primaryConnection(host, placement)}'`,
          recovery_min_apply_delay: `${host.tierSpec.settings.delay ?? 0}ms`,
        }
      : {}),
  };
}

/** No passwords inside the instance's own loopback network, which clients cannot enter. */
export function hostRules(placement: Placement): string {
  const places = [`127.${placement.instance}.0.0/16`, '127.0.0.1/32'];
  const rules = (database: string, user: string): string => places.map((place) => `host ${database} ${user} ${place} trust\n`).join('');
  return `${rules('photos', 'loadstair')}${replicaTier(placement.topology) === null ? '' : rules('replication', REPLICATOR)}`;
}
