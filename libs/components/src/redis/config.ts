import { createHash } from 'node:crypto';
import { callers, type PlacedHost, type Placement } from '@loadstair/topology';
import type { Secrets } from '../component.ts';
import { cacheSettings, entryBytes, isCache, PORT, SITE_USER } from './declaration.ts';

/** Who changes the server. */
export const LAB_USER = 'lab';

export interface RedisFiles {
  readonly socket: string;
  /** Where it may write. */
  readonly workFolder: string;
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
  // Everybody who uses it has one connection, and the lab another.
  const connections = callers(placement, host).length + 1;
  return {
    maxmemory: String(emptyBytes + connections * CONNECTION_BYTES + entryBytes(host.tierSpec)),
    // What no cache keeps is nowhere else: rather nothing more is written than something lost.
    'maxmemory-policy': isCache(placement.topology, { name: host.tier }) ? cacheSettings(host.tierSpec).policy : 'noeviction',
  };
}

/** Nothing is written to disk (redis.io, "Redis configuration"). */
export function redisConfig(
  host: PlacedHost,
  placement: Placement,
  files: RedisFiles,
  secrets: Pick<Secrets, 'cache' | 'cacheAdmin'>,
): string {
  return [
    `bind ${host.address}`,
    `port ${PORT}`,
    `unixsocket ${inQuotes(files.socket)}`,
    'unixsocketperm 600',
    // Every user has a password: who listens is told by the bind address, and where, by the firewall.
    'protected-mode no',
    'user default off',
    // INFO is how the client of the site sees that the server has loaded.
    `user ${SITE_USER} on #${sha256(secrets.cache)} ~* &* +@all -@admin -@dangerous +info`,
    `user ${LAB_USER} on #${sha256(secrets.cacheAdmin)} ~* &* +@all`,
    'daemonize no',
    `dir ${inQuotes(files.workFolder)}`,
    // Seconds: a site that lost power keeps no connection for long.
    'tcp-keepalive 5',
    'save ""',
    'appendonly no',
    // Redis chooses what goes from a sample of entries: a bigger one comes closer to the policy's name.
    'maxmemory-samples 10',
    ...Object.entries(liveDirectives(host, placement)).map(([name, value]) => `${name} ${value}`),
    '',
  ].join('\n');
}

/** A word of the configuration, whatever it holds (redis.conf: quotes as in C). */
function inQuotes(text: string): string {
  return `"${text.replace(/["\\]/g, String.raw`\$&`)}"`;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
