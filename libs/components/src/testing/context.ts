import { join } from 'node:path';
import type { PlacedHost, Placement } from '@loadstair/topology';
import { contentOf } from '../catalogue.ts';
import type { ComponentContext } from '../component.ts';

/** What a component is told of a host, for tests of what it writes; it starts nothing. */
export function contextOf(host: PlacedHost, placement: Placement): ComponentContext {
  const refuse = (): never => {
    throw new Error('Nothing is started here.');
  };
  return {
    host,
    placement,
    content: contentOf(host, placement),
    tools: { postgres: '/usr/lib/postgresql/17/bin' },
    cacheFolder: '/lab/cache',
    repoFolder: '/lab',
    user: null,
    account: 'root',
    workFolder: join(host.folder, 'work'),
    socketFolder: `/run/loadstair/${placement.instance}/${host.name}`,
    secrets: {
      database: 'db-secret',
      replication: 'wal-secret',
      cache: 'cache-secret',
      cacheAdmin: 'admin-secret',
      edge: 'edge-secret',
      purge: 'purge-secret',
    },
    takesTraces: true,
    run: refuse,
    serve: refuse,
  };
}
