import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { placeTopology, PORTS, type Tier, type Topology } from '@loadstair/topology';
import { userIds } from './identity.ts';
import { IsolationRules, removeIsolation } from './isolation.ts';

const INSTANCE = 114;
const NFT = 'nft';
/** Of nobody: no user of the lab has it. */
const STRANGER = 65_534;

const tier = (name: string, components: Tier['components'], more: Partial<Tier>): Tier => ({
  ...{ name, count: 1, cpu: 1, memoryMiB: 256, components, settings: {}, public: true },
  ...more,
});
const topology: Topology = {
  stage: 6,
  slug: '',
  title: '',
  tiers: [tier('lb', ['haproxy'], {}), tier('edge', ['varnish'], { count: 2, places: ['east', 'west'] })],
  links: ['lb', 'edge'].map((to) => ({ from: 'clients', to, role: 'http' as const })),
  places: [
    { name: 'east', kind: 'data centre', users: 0.5 },
    { name: 'west', kind: 'edge location', users: 0.5 },
  ],
  distances: [{ between: ['east', 'west'], ms: 60 }],
};
const all = placeTopology(topology, { instance: INSTANCE, labFolder: '/lab' });
const joins = all.hosts.at(-1) as (typeof all.hosts)[number];
const before = { ...all, hosts: all.hosts.filter((host) => host !== joins) };
const ids = userIds(INSTANCE);
const rules = new IsolationRules(NFT, ids);

const door = joins.publicAddress as string;
/** Where clients of the east reach it. */
const farDoor = all.addresses.way('east', joins.number);
const servers: Server[] = [];

beforeAll(async () => {
  for (const address of [door, farDoor, joins.address]) {
    const server = createServer((socket) => socket.destroy()).listen(PORTS.http, address);
    servers.push(server);
    await once(server, 'listening');
  }
});
afterAll(async () => {
  for (const server of servers) server.close();
  await removeIsolation(NFT, INSTANCE);
});

/** Whether a program of a user can connect. */
function reaches(uid: number, address: string): Promise<boolean> {
  return new Promise((resolve) => {
    execFile('/bin/bash', ['-c', `exec 3<>/dev/tcp/${address}/${PORTS.http}`], { uid, gid: uid }, (error) => resolve(error === null));
  });
}

it('opens the door of a public host that joins later, to clients of every place, and nothing else of it', async () => {
  const client = ids.part('clients');
  expect(await rules.start(before)).toEqual({ state: 'on' });
  expect([await reaches(client, door), await reaches(client, farDoor), await reaches(STRANGER, door)]).toEqual([false, false, false]);

  await rules.follow(all);
  expect([await reaches(client, door), await reaches(client, farDoor)]).toEqual([true, true]);
  expect([await reaches(client, joins.address), await reaches(STRANGER, joins.address)]).toEqual([false, false]);
  expect(await reaches(ids.host(1), joins.address)).toBe(true);

  await rules.follow(before);
  expect([await reaches(client, door), await reaches(STRANGER, door), await reaches(STRANGER, joins.address)]).toEqual([
    false,
    false,
    false,
  ]);
});
