import { createSocket } from 'node:dgram';
import { createServer, type AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { placeTopology, type ComponentKind, type Tier } from '@loadstair/topology';
import { checkFree, neededPlaces } from './ports.ts';
import { readMachine } from './read-machine.ts';

const closes: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closes.splice(0)) await close();
});

/** Port of a real socket of a kind. */
const hold = {
  tcp: (address: string, port = 0): Promise<number> =>
    new Promise((resolve, reject) => {
      const server = createServer().once('error', reject);
      closes.push(() => new Promise((closed) => void server.close(() => closed())));
      server.listen(port, address, () => resolve((server.address() as AddressInfo).port));
    }),
  udp: (address: string, port = 0): Promise<number> =>
    new Promise((resolve, reject) => {
      const socket = createSocket(address.includes(':') ? 'udp6' : 'udp4').once('error', reject);
      closes.push(() => new Promise((closed) => void socket.close(() => closed())));
      socket.bind(port, address, () => resolve(socket.address().port));
    }),
};
const PROTOCOLS = ['tcp', 'udp'] as const;
const place = (protocol: 'tcp' | 'udp', port: number, instance = 119) => ({ address: `127.${instance}.0.2`, port, protocol });

describe.each(PROTOCOLS)('checkFree, %s', (protocol) => {
  const name = protocol === 'udp' ? 'UDP port' : 'Port';

  it.each(['0.0.0.0', '::'])('says of a program on %s that no instance helps', async (held) => {
    const port = await hold[protocol](held);
    await expect(checkFree([place(protocol, port)], 119)).rejects.toMatchObject({
      code: 'E_PORT_TAKEN',
      what: `${name} ${port} on 127.119.0.2 is taken.`,
      why: expect.stringMatching(
        new RegExp(`^pid ${process.pid} \\(node, user \\w+\\) listens on every address, so another instance does not help$`),
      ),
      do: 'stop that program, or move it to another port',
    });
  });

  it('names an instance that is free, and none beyond the last', async () => {
    const port = await hold[protocol]('127.119.0.2');
    const check = (): Promise<void> => checkFree([place(protocol, port)], 119);
    await expect(check()).rejects.toMatchObject({
      why: expect.stringMatching(new RegExp(`^pid ${process.pid} \\(node, user \\w+\\) listens there$`)),
      do: 'add --instance 120, or stop that program',
    });
    await hold[protocol]('127.120.0.2', port);
    await expect(check()).rejects.toMatchObject({ do: 'add --instance 1, or stop that program' });
  });

  it('lets the same port be held on another address, and leaves it free', async () => {
    const port = await hold[protocol]('127.119.0.3');
    await checkFree([place(protocol, port)], 7);
    await checkFree([place(protocol, port)], 7);
  });
});

describe('neededPlaces', () => {
  const tier = (name: string, components: readonly ComponentKind[], change: Partial<Tier> = {}): Tier => ({
    ...{ name, count: 1, cpu: 1, memoryMiB: 256, components, settings: {}, public: false, distanceMs: 0 },
    ...change,
  });
  const placesOf = (...tiers: readonly Tier[]): string[] =>
    neededPlaces(
      placeTopology(
        {
          stage: 1,
          slug: 'one',
          title: 'One',
          tiers,
          links: tiers.map(({ name }) => ({ from: 'clients', to: name, role: 'http' as const })),
        },
        { instance: 7, labFolder: '/lab' },
      ),
    ).map(({ address, port, protocol }) => `${protocol} ${address}:${port}`);
  const ofLab = ['udp 127.7.254.1:53', 'tcp 127.7.254.1:4318', 'tcp 127.7.254.1:9090', 'tcp 127.7.254.1:9400'];

  it('are those of the lab and of each program', () => {
    expect(placesOf(tier('server', ['site', 'postgres'], { public: true }))).toEqual([
      ...ofLab,
      ...['tcp 127.7.0.1:8080', 'tcp 127.7.0.1:9464', 'tcp 127.7.0.1:5432', 'tcp 127.7.100.1:8080'],
    ]);
  });

  it('are the proxies too where a tier is far away', () => {
    const far = { public: true, distanceMs: 60 };
    expect(placesOf(tier('edge', ['varnish'], far), tier('lb', ['haproxy'], far), tier('cache', ['redis'], { distanceMs: 5 }))).toEqual([
      ...ofLab,
      'tcp 127.7.254.1:8474',
      ...['tcp 127.7.0.1:8080', 'tcp 127.7.100.1:8080'],
      ...['tcp 127.7.0.2:8080', 'tcp 127.7.0.2:8405', 'tcp 127.7.100.2:8080'],
      'tcp 127.7.0.3:6379',
      ...['tcp 127.7.10.1:8080', 'tcp 127.7.10.2:8080', 'tcp 127.7.10.3:6379'],
    ]);
  });
});

describe('readMachine', () => {
  it('counts up, and no faster than the cores can', () => {
    const before = readMachine();
    const untilMs = Date.now() + 60;
    while (Date.now() < untilMs) Math.sqrt(untilMs);
    const after = readMachine();
    expect(after.cores).toBeGreaterThan(0);
    expect(after.memoryAvailableBytes).toBeGreaterThan(2 ** 20);
    expect(after.busySeconds).toBeGreaterThan(before.busySeconds);
  });
});
