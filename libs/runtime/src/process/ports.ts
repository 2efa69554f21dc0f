import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';
import { declarationOf, slowWays, servedPort } from '@loadstair/components/declarations';
import { Problem } from '@loadstair/kit';
import { inInstance, longWays, PORTS, type PlacedHost, type Placement } from '@loadstair/topology';
import { holderOf, type Holder, type Protocol } from './holder.ts';

export interface Place {
  readonly address: string;
  readonly port: number;
  readonly protocol: Protocol;
}

/** Instances of the lab are 1 to 120: what is left of 127.0.0.0/8 is for others. */
const LAST_INSTANCE = 120;

/** An address and port the lab needs and somebody has. */
export class PortTaken extends Problem {
  /** @param free an instance whose ports are all free; null when none was found */
  constructor({ address, port, protocol }: Place, { program, everywhere }: Holder, free: number | null) {
    const name = `${protocol === 'udp' ? 'UDP port' : 'Port'} ${port}`;
    const stop = 'stop that program';
    super({
      what: `${name} on ${address} is taken.`,
      why: everywhere ? `${program} listens on every address, so another instance does not help` : `${program} listens there`,
      do: everywhere
        ? `${stop}, or move it to another port`
        : free === null
          ? `${stop}, or use another instance: --instance N`
          : `add --instance ${free}, or ${stop}`,
      code: 'E_PORT_TAKEN',
      exit: 1,
    });
  }
}

/** Every place an instance's programs listen at. */
export function neededPlaces(placement: Placement): Place[] {
  const { labAddress, addresses, hosts } = placement;
  const tcp = (address: string, port: number): Place => ({ address, port, protocol: 'tcp' });
  const [long, slow] = [longWays(placement), slowWays(placement)];
  return [
    { address: labAddress, port: PORTS.dns, protocol: 'udp' },
    ...[PORTS.otlp, PORTS.prometheus, PORTS.labMetrics, ...(long.length + slow.length > 0 ? [PORTS.distance] : [])].map((port) =>
      tcp(labAddress, port),
    ),
    ...hosts.flatMap((host) => placesOf(host)),
    ...long.map(({ from, host }) => tcp(addresses.way(from, host.number), servedPort(host.tierSpec.components))),
    ...slow.map(({ address, port }) => tcp(address, port)),
  ];
}

function placesOf(host: PlacedHost): Place[] {
  const at = (address: string, port: number): Place => ({ address, port, protocol: 'tcp' });
  const { address, publicAddress } = host;
  const ports = host.tierSpec.components.map((kind) => declarationOf(kind).ports);
  return [
    ...ports.flatMap(({ served, others }) => [served, ...others]).map((port) => at(address, port)),
    ...(publicAddress === null ? [] : [at(publicAddress, PORTS.http)]),
  ];
}

/** Tries to listen where the lab will; throws PortTaken for the first place that is not free. */
export async function checkFree(places: readonly Place[], instance: number): Promise<void> {
  for (const place of places) {
    if (await isFree(place)) continue;
    const holder = holderOf(place.address, place.port, place.protocol);
    throw new PortTaken(place, holder, holder.everywhere ? null : await freeInstance(places, instance));
  }
}

/** The next instance that could listen everywhere, of the three after this one. */
async function freeInstance(places: readonly Place[], instance: number): Promise<number | null> {
  for (let step = 1; step <= 3; step += 1) {
    const other = ((instance - 1 + step) % LAST_INSTANCE) + 1;
    const there = places.map((place) => ({ ...place, address: inInstance(place.address, other) }));
    if ((await Promise.all(there.map(isFree))).every(Boolean)) return other;
  }
  return null;
}

function isFree({ address, port, protocol }: Place): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const failed = (error: NodeJS.ErrnoException): void => (error.code === 'EADDRINUSE' ? resolve(false) : reject(error));
    if (protocol === 'udp') {
      const socket = createSocket('udp4');
      socket.once('error', failed);
      socket.bind(port, address, () => socket.close(() => resolve(true)));
    } else {
      const server = createServer();
      server.once('error', failed);
      server.listen(port, address, () => server.close(() => resolve(true)));
    }
  });
}
