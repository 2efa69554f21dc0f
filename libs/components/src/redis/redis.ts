import { join } from 'node:path';
import type { Component, ComponentContext } from '../component.ts';
import { untilReady } from '../wait/wait.ts';
import { socketOf, withClient } from './client.ts';
import { isCache, PORT, redisDeclaration } from './declaration.ts';
import { liveDirectives, redisConfig } from './config.ts';
import { emptyBytes, readCache } from './readings.ts';
import { simulatedRedis } from './simulate.ts';

const READY_MS = 20_000;

/** Redis keeps nothing beyond its own life; where it is a cache, what is not asked for makes room. */
export const redis: Component = {
  declaration: redisDeclaration,
  files(context) {
    const { host, placement, workFolder, socketFolder, secrets } = context;
    return [{ path: configFile(socketFolder), text: redisConfig(host, placement, { socket: socketOf(context), workFolder }, secrets) }];
  },
  process: ({ host, tools, socketFolder }) => ({
    command: tools['redis'] ?? 'redis-server',
    args: [configFile(socketFolder)],
    // Times in its log are the machine's otherwise.
    env: { TZ: 'UTC' },
    cwd: host.folder,
  }),
  readiness: ({ host }) => ({ kind: 'tcp', address: host.address, port: PORT }),
  readyMs: READY_MS,
  settle: (context, signal) =>
    untilReady(
      async () => {
        await direct(context);
        return null;
      },
      { host: context.host.name, component: 'redis' },
      { timeoutMs: READY_MS, signal },
    ),
  image: 'redis:7.4',
  // As root, the image would first give itself all files of the host, and its own are read only.
  inImage: () => ({ user: 'redis' }),
  stop: { signal: 'SIGTERM', graceMs: 5_000 },
  simulated: simulatedRedis,
  metrics: {
    resources: (host, { topology }) => (isCache(topology, { name: host.tier }) ? [{ kind: 'hit-ratio', limit: null, waitsOn: null }] : []),
    read: readCache,
  },
  membersChanged: direct,
  cache: {
    async clear(context) {
      await withClient(context, (client) => client.flushall());
    },
  },
};

/** Beside its socket: Redis 7 takes the path as a pattern, and the path of a checkout may have brackets. */
function configFile(socketFolder: string): string {
  return join(socketFolder, 'redis.conf');
}

/** Gives a server that runs what it is to have now. */
async function direct(context: ComponentContext): Promise<void> {
  await withClient(context, async (client) => {
    const directives = liveDirectives(context.host, context.placement, emptyBytes(await client.info('memory')));
    for (const [name, value] of Object.entries(directives)) await client.config('SET', name, value);
  });
}
