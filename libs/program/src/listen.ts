import { once } from 'node:events';
import type { Server } from 'node:http';
import type { Listen } from './config.ts';

const BACKLOG = 1024;

/** Resolves when it listens; rejects when the address cannot be had. */
export async function listenAt(server: Server, { address, port }: Listen): Promise<Server> {
  server.listen(port, address, BACKLOG);
  await once(server, 'listening');
  return server;
}
