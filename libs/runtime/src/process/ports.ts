import { createServer } from 'node:net';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { userInfo } from 'node:os';
import { basename } from 'node:path';
import { PORTS, type ComponentKind, type PlacedHost, type Placement } from '@loadstair/topology';

interface Place {
  readonly address: string;
  readonly port: number;
}

/** An address and port the lab needs and somebody has. */
export class PortTaken extends Error {
  readonly what: string;
  readonly why: string;
  readonly do: string;
  readonly code = 'E_PORT_TAKEN';
  readonly exit = 1;
  constructor(address: string, port: number, holder: string, instance: number) {
    super(`Port ${port} on ${address} is taken by ${holder}.`);
    this.name = 'PortTaken';
    this.what = `Port ${port} on ${address} is taken.`;
    this.why = `${holder} listens there`;
    this.do = `add --instance ${instance + 1}, or stop that program`;
  }
}

const SERVED: Readonly<Record<ComponentKind, number>> = {
  site: PORTS.http,
  haproxy: PORTS.http,
  postgres: PORTS.postgres,
  redis: PORTS.redis,
  varnish: PORTS.http,
};

/** Where a host's clients connect: what stores something comes before what asks it. */
export function servedPort({ tierSpec }: Pick<PlacedHost, 'tierSpec'>): number {
  const store = tierSpec.components.find((kind) => kind === 'postgres' || kind === 'redis');
  return store === undefined ? PORTS.http : SERVED[store];
}

/** Every place an instance's programs listen at. */
export function neededPlaces({ labAddress, hosts }: Placement): Place[] {
  return [
    { address: labAddress, port: PORTS.otlp },
    { address: labAddress, port: PORTS.prometheus },
    ...hosts.flatMap((host) =>
      host.tierSpec.components.flatMap((kind) =>
        [host.address, ...(host.publicAddress === null ? [] : [host.publicAddress])].map((address) => ({ address, port: SERVED[kind] })),
      ),
    ),
  ];
}

/** Tries to listen where the lab will; throws PortTaken for the first place that is not free. */
export async function checkFree(places: readonly Place[], instance: number): Promise<void> {
  for (const { address, port } of places) {
    await new Promise<void>((resolve, reject) => {
      const server = createServer();
      server.once('error', (error: NodeJS.ErrnoException) =>
        reject(error.code === 'EADDRINUSE' ? new PortTaken(address, port, holderOf(address, port), instance) : error),
      );
      server.listen(port, address, () => server.close(() => resolve()));
    });
  }
}

/** Pid, program and user of who listens on an address and port, or on the port everywhere, as far as /proc tells us. */
function holderOf(address: string, port: number): string {
  const hexPort = port.toString(16).toUpperCase().padStart(4, '0');
  // An IPv4 address stands there as its bytes backwards (man 5 proc); all zeros is every address.
  const hexAddress = address
    .split('.')
    .map((byte) => Number(byte).toString(16).toUpperCase().padStart(2, '0'))
    .toReversed()
    .join('');
  const inodes = new Set(
    ['/proc/net/tcp', '/proc/net/tcp6']
      .flatMap((file) => tryRead(file).split('\n'))
      .map((line) => line.trim().split(/\s+/))
      .filter((cells) => {
        const [local = '', listens] = [cells[1], cells[3] === '0A'];
        const where = local.slice(0, -hexPort.length - 1);
        return (
          listens &&
          local.endsWith(`:${hexPort}`) &&
          (where === hexAddress || where.endsWith(`FFFF0000${hexAddress}`) || /^0+$/.test(where))
        );
      })
      .map((cells) => `socket:[${cells[9]}]`),
  );
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const holds = readdirSync(`/proc/${pid}/fd`).some((fd) => inodes.has(readlinkSync(`/proc/${pid}/fd/${fd}`)));
      if (!holds) continue;
      const owner = /^Uid:\s+(\d+)/m.exec(tryRead(`/proc/${pid}/status`))?.[1];
      const own = userInfo();
      return `pid ${pid} (${programOf(pid)}, ${owner === String(own.uid) ? `user ${own.username}` : `uid ${owner}`})`;
    } catch {
      // Ended meanwhile, or not ours to look into.
    }
  }
  return 'another program';
}

/** Name of the program's file: threads may have renamed themselves (Node calls its first one MainThread). */
function programOf(pid: string): string {
  try {
    return basename(readlinkSync(`/proc/${pid}/exe`));
  } catch {
    return tryRead(`/proc/${pid}/comm`).trim();
  }
}

function tryRead(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
