import { join } from 'node:path';
import { addressFrom, groupOf, roleOf, type DatabaseGroup, type PlacedHost, type Placement } from '@loadstair/topology';
import { connectionsOf, declaredSync, MAX_CONNECTIONS, PORT, replayDelayMs, SITE_USER } from './declaration.ts';
import { groupPrimary } from './group.ts';
import { LINE_PREFIX } from './log.ts';
import { slowWayOf } from './slow-ways.ts';
import { LAB_USER, REPLICATOR } from './users.ts';

/** How long a server waits for one that says nothing. */
const LIMITS = {
  /** For what it has sent to be taken. */
  unacknowledgedMs: 10_000,
  /** To look whether a client that says nothing is there. */
  keepalive: { idleS: 5, everyS: 1, bad: 3 },
  /** Between primary and replica: replicas on a slow disk are slow to answer too. */
  walMs: 10_000,
  /** For a connection; libpq takes no less than 2 s. */
  connectS: 2,
} as const;

/** A replica that falls further behind than this, or is away for longer, is built anew: a dead one must not fill the primary's disk. */
const KEPT_WAL = '256MB';

export function dataFolder(host: PlacedHost): string {
  return join(host.folder, 'postgres');
}

/** Beside the data, which are the same on every host that copies them. */
export function configFile(host: PlacedHost): string {
  return join(host.folder, 'postgresql.conf');
}

export function rulesFile(host: PlacedHost): string {
  return join(host.folder, 'pg_hba.conf');
}

export function identFile(host: PlacedHost): string {
  return join(host.folder, 'pg_ident.conf');
}

/** Where a host finds the password of who copies and follows; beside its data, which a copy would overwrite. */
export function passwordFile(host: PlacedHost): string {
  return join(host.folder, 'pgpass');
}

/** One line for every server: host, port, database, user, password (PostgreSQL documentation, "The Password File"). */
export function passwordLine(password: string): string {
  return `*:*:*:${REPLICATOR}:${password}\n`;
}

/** Where a replica finds what it follows. The password stays in its file: this text can be read in views of the server. */
export function primaryConnection(host: PlacedHost, placement: Placement): string {
  const way = slowWayOf(placement, host);
  return way === null ? copyConnection(host, placement) : connection(host, way.address, way.port);
}

/** Where it copies its first data: what makes the way of the log slow does not hold for these, or it would never begin. */
export function copyConnection(host: PlacedHost, placement: Placement): string {
  return connection(host, addressFrom(placement, host.place, groupPrimary(host, placement)), PORT);
}

function connection(host: PlacedHost, address: string, port: number): string {
  const parts = {
    host: address,
    port,
    user: REPLICATOR,
    passfile: passwordFile(host),
    application_name: host.name,
    connect_timeout: LIMITS.connectS,
    tcp_user_timeout: LIMITS.unacknowledgedMs,
  };
  return Object.entries(parts)
    .map(([name, value]) => `${name}='${String(value).replace(/['\\]/g, String.raw`\$&`)}'`)
    .join(' ');
}

/** A text of the configuration file, whatever it holds. */
function text(value: string): string {
  return `'${value.replaceAll("'", "''").replaceAll('\\', '\\\\')}'`;
}

/** @param sync replicas that must have a commit on disk before it is answered; it does not matter which */
export function standbyNames(sync: number): string {
  return sync === 0 ? '' : `ANY ${sync} (*)`;
}

/** @param socketFolder where its local socket stands */
export function postgresConfig(host: PlacedHost, placement: Placement, socketFolder: string): string {
  const buffersMiB = Math.max(16, Math.min(128, Math.floor(host.tierSpec.memoryMiB / 4)));
  const settings: Record<string, string> = {
    listen_addresses: `'${host.address}'`,
    port: String(PORT),
    hba_file: text(rulesFile(host)),
    ident_file: text(identFile(host)),
    unix_socket_directories: text(socketFolder),
    unix_socket_permissions: '0700',
    shared_buffers: `${buffersMiB}MB`,
    max_connections: String(MAX_CONNECTIONS),
    // A replica must accept as many as its primary, so fewer are accepted by keeping the others for a superuser.
    superuser_reserved_connections: String(MAX_CONNECTIONS - connectionsOf(host.tierSpec)),
    // Compiling plans costs more than these short queries take.
    jit: 'off',
    max_wal_size: '1GB',
    // A web server that lost power would keep its connections, and what it has locked, for hours.
    tcp_user_timeout: String(LIMITS.unacknowledgedMs),
    tcp_keepalives_idle: String(LIMITS.keepalive.idleS),
    tcp_keepalives_interval: String(LIMITS.keepalive.everyS),
    tcp_keepalives_count: String(LIMITS.keepalive.bad),
    log_destination: 'stderr',
    logging_collector: 'off',
    log_line_prefix: text(LINE_PREFIX),
    lc_messages: `'C'`,
    ...replicationSettings(host, placement),
  };
  // What stands last counts: before it is what the machine's language and time zone made of the data's own.
  return `include ${text(join(dataFolder(host), 'postgresql.conf'))}\n${Object.entries(settings)
    .map(([name, value]) => `${name} = ${value}\n`)
    .join('')}`;
}

/** The same on the primary and on what follows it, so that any of them can take the other's place. */
function replicationSettings(host: PlacedHost, placement: Placement): Record<string, string> {
  const { topology } = placement;
  const role = roleOf(placement, host);
  if (role === null) return {};
  const sync = declaredSync(topology, (groupOf(topology, host.tier) as DatabaseGroup).name);
  return {
    max_wal_senders: '40',
    wal_keep_size: KEPT_WAL,
    wal_receiver_status_interval: '1s',
    wal_retrieve_retry_interval: '500ms',
    wal_sender_timeout: `${LIMITS.walMs}ms`,
    wal_receiver_timeout: `${LIMITS.walMs}ms`,
    synchronous_standby_names: `'${standbyNames(sync)}'`,
    ...(role === 'replica'
      ? {
          primary_conninfo: text(primaryConnection(host, placement)),
          recovery_min_apply_delay: `${replayDelayMs(host.tierSpec)}ms`,
        }
      : {}),
  };
}

/**
 * Who gets in to a database: the lab over the local socket, told by the kernel who asks (`peer`), and with passwords the site and, where there are
 * replicas, what follows. Connections over loopback come from 127.0.0.1 unless a program chooses otherwise.
 */
export function hostRules(host: PlacedHost, placement: Placement, database: string): string {
  const rules = (what: string, user: string): string =>
    [placement.addresses.network, '127.0.0.1/32'].map((place) => `host ${what} ${user} ${place} scram-sha-256\n`).join('');
  const local = `local all ${LAB_USER} peer map=lab\n`;
  return `${local}${rules(database, SITE_USER)}${roleOf(placement, host) === null ? '' : rules('replication', REPLICATOR)}`;
}

/** @param account of who the lab runs as */
export function identRules(account: string): string {
  return `lab ${account} ${LAB_USER}\n`;
}
