import { MAX_CONNECTIONS } from './connections.ts';
import type { ComponentKind } from './topology.ts';

/** Connections the balancer has at most, as its configuration says. */
export const BALANCER_CONNECTIONS = 4000;

/** What a program needs open at once, and what for. */
export interface OpenFiles {
  readonly kind: ComponentKind;
  readonly files: number;
  readonly because: string;
}

/**
 * HAProxy refuses to start with fewer: two a connection and those it listens, checks and logs with. The others take what they
 * get, and fail in the middle of a run: a client, a thread or a query that finds no file left.
 */
const FILES: Readonly<Record<ComponentKind, Omit<OpenFiles, 'kind'>>> = {
  haproxy: { files: 2 * BALANCER_CONNECTIONS + 150, because: `two for each of ${BALANCER_CONNECTIONS} connections, and its own` },
  postgres: { files: MAX_CONNECTIONS + 112, because: `${MAX_CONNECTIONS} connections, and files of its tables` },
  site: { files: 512, because: 'its clients, databases and caches' },
  redis: { files: 512, because: 'its clients' },
  varnish: { files: 1024, because: 'two for each client of 200 threads, and its own' },
};

/** The component of some hosts that needs most files at once; a limit of files holds for each process. */
export function mostFiles(hosts: readonly { readonly components: readonly ComponentKind[] }[]): OpenFiles | null {
  const all = hosts.flatMap(({ components }) => components.map((kind) => ({ kind, ...FILES[kind] })));
  return all.reduce<OpenFiles | null>((most, one) => (most === null || one.files > most.files ? one : most), null);
}
