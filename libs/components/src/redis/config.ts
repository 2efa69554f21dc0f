import { cacheSettings, entryBytes, hostsWith, PORTS, type PlacedHost, type Placement } from '@loadstair/topology';

/** Short, because a socket's path may have 107 bytes only. */
export function socketOf(host: PlacedHost, placement: Placement): string {
  return `/tmp/loadstair-${placement.instance}-${host.name}.sock`;
}

/** A connection takes about so much of what Redis counts as its memory: what is read of it and what is not sent yet (measured). */
const CONNECTION_BYTES = 32 * 1024;
/** Until the server itself has told how much it needs empty. */
const EMPTY_BYTES = 1_000_000;

/**
 * What may change while it runs, by the name of the directive. `maxmemory` is for all that Redis uses, so what it needs for itself
 * and for its clients comes on top of what is meant for entries.
 *
 * @param emptyBytes what the server used when it began
 */
export function liveDirectives(host: PlacedHost, placement: Placement, emptyBytes = EMPTY_BYTES): Readonly<Record<string, string>> {
  // Every web server has one connection, and the lab another.
  const connections = hostsWith(placement, 'site').length + 1;
  return {
    maxmemory: String(emptyBytes + connections * CONNECTION_BYTES + entryBytes(host.tierSpec)),
    'maxmemory-policy': cacheSettings(host.tierSpec).policy,
  };
}

/** A cache: nothing is written to disk, and what is not asked for makes room (redis.io, "Redis configuration"). */
export function redisConfig(host: PlacedHost, placement: Placement): string {
  return [
    `bind ${host.address}`,
    `port ${PORTS.redis}`,
    `unixsocket ${socketOf(host, placement)}`,
    'unixsocketperm 600',
    'protected-mode no',
    'daemonize no',
    `dir ${host.folder}`,
    'save ""',
    'appendonly no',
    // Redis chooses what goes from a sample of entries: a bigger one comes closer to the policy's name.
    'maxmemory-samples 10',
    ...Object.entries(liveDirectives(host, placement)).map(([name, value]) => `${name} ${value}`),
    '',
  ].join('\n');
}
