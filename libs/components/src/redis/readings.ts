import type { ComponentContext } from '../component.ts';
import { NOTHING_READ, type CacheState, type SoftReading } from '../soft-reading.ts';
import { withClient } from './client.ts';

/** Redis's own counts; how the site fared with it, the site tells (site/site.ts). */
export async function readCache(context: ComponentContext): Promise<SoftReading[]> {
  const info = await withClient(context, (client) => client.info('memory', 'stats', 'keyspace'));
  return [{ ...NOTHING_READ, kind: 'hit-ratio', atMs: Date.now(), cache: cacheState(info) }];
}

/** What a server used when it began, of an answer to INFO. */
export function emptyBytes(info: string): number {
  return numberIn(info, 'used_memory_startup');
}

function numberIn(info: string, field: string): number {
  return Number(new RegExp(`^${field}:(\\d+)`, 'm').exec(info)?.[1] ?? 0);
}

/** Numbers of an answer to INFO (redis.io, "INFO"). */
export function cacheState(info: string): CacheState {
  const number = (field: string): number => numberIn(info, field);
  return {
    usedBytes: number('used_memory'),
    mostBytes: number('maxmemory'),
    entries: Number(/^db0:keys=(\d+)/m.exec(info)?.[1] ?? 0),
    evicted: number('evicted_keys'),
    expired: number('expired_keys'),
    commands: number('total_commands_processed'),
  };
}
