import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A way to a server on which each connection takes long to open, as to one whose CPU is stopped at its limit. */
export interface SlowDoor {
  readonly port: number;
  /** Connections let through so far. */
  readonly opened: number;
  /** Most that were being opened at one moment. */
  readonly mostOpening: number;
  /** From now on nothing passes, and nobody is told: as when the server lost power. */
  fallSilent(): void;
  stop(): Promise<void>;
}

/** @param opensInMs Infinity for a server that never says anything */
export async function slowDoor(
  address: string,
  target: { readonly host: string; readonly port: number },
  opensInMs: number,
): Promise<SlowDoor> {
  const sockets = new Set<Socket>();
  let silent = false;
  let [opening, opened, mostOpening] = [0, 0, 0];
  const server = createServer({ pauseOnConnect: true }, (client) => {
    const keep = (socket: Socket): void => {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
    };
    keep(client);
    opening += 1;
    mostOpening = Math.max(mostOpening, opening);
    if (opensInMs === Infinity || silent) return;
    setTimeout(() => {
      opening -= 1;
      opened += 1;
      const behind = connect(target);
      keep(behind);
      behind.on('close', () => client.destroy());
      client.on('close', () => behind.destroy());
      client.pipe(behind).pipe(client);
    }, opensInMs);
  });
  server.listen(0, address);
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    get opened() {
      return opened;
    },
    get mostOpening() {
      return mostOpening;
    },
    fallSilent() {
      silent = true;
      for (const socket of sockets) {
        socket.unpipe();
        socket.removeAllListeners('close');
        socket.pause();
      }
    },
    async stop() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
