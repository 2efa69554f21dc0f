import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { placeTopology, PORTS, type Topology } from '@loadstair/topology';
import type { Cgroups } from '../budgets/cgroups.ts';
import { detectCgroups } from '../budgets/detect.ts';
import { groups } from './groups.ts';
import { userIds } from './identity.ts';
import { IsolationRules, removeIsolation } from './isolation.ts';
import { Silence } from './silence.ts';
import { openHostLog, type HostLog } from './host-log.ts';
import { startInGroups, type SupervisedProcess } from './supervisor.ts';

const INSTANCE = 115;
const NFT = 'nft';
const OBSERVER = 'loadstair_observer_115';
const PEER_PORT = 5432;
/** A peer that is told hears it at once on loopback. */
const LONG_ENOUGH_MS = 1_500;

const topology: Topology = {
  stage: 1,
  slug: '',
  title: '',
  tiers: ['web', 'db'].map((name) => ({ name, count: 1, cpu: 1, memoryMiB: 256, components: ['site'], settings: {}, public: false })),
  links: [],
};
const placement = placeTopology(topology, { instance: INSTANCE, labFolder: '/lab' });
const [host, peer] = placement.hosts as [(typeof placement.hosts)[number], (typeof placement.hosts)[number]];
const group = groups.component(INSTANCE, host.name, 'site');

/** Serves and asks, over two connections each: one on which it reads, and one on which what it was sent lies unread. */
const PROGRAM = `
  const { createServer, connect } = require('node:net');
  let served = 0;
  const one = (socket, reads) => { socket.on('error', () => {}); if (reads) socket.resume(); else socket.pause(); };
  createServer({ pauseOnConnect: true }, (socket) => one(socket, served++ === 0)).listen(${PORTS.http}, '${host.address}', () => console.log('listens'));
  for (const reads of [true, false]) one(connect(${PEER_PORT}, '${peer.address}'), reads);
`;

let cgroups: Cgroups;
let silence: Silence;
let folder: string;
let log: HostLog;
let program: SupervisedProcess;
let server: Server;
/** The peer's ends of all four connections. */
let ends: Socket[];
/** What the peer was told of them. */
let heard: string[];

const tried = async (groupsHere: Cgroups): Promise<Silence> => {
  const made = new Silence(NFT, groupsHere, () => true);
  await made.tryOut(placement);
  return made;
};
const keep = (socket: Socket): void => {
  ends.push(socket);
  for (const event of ['end', 'error'] as const) socket.on(event, () => heard.push(event));
};
/** Packets counted before this test. */
let before = 0;
const counted = (): number =>
  [...execFileSync(NFT, ['list', 'table', 'ip', OBSERVER], { encoding: 'utf8' }).matchAll(/packets (\d+)/g)].reduce(
    (sum, [, packets]) => sum + Number(packets),
    0,
  );
/** FIN and RST that came from the host, whichever address they carry. */
const farewells = (): number => counted() - before;
const untilTrue = async (what: () => boolean): Promise<void> => {
  for (let tries = 0; tries < 250 && !what(); tries += 1) await delay(20);
  expect(what()).toBe(true);
};
const end = async (): Promise<void> => {
  await program.stop('SIGKILL', 0);
  await delay(LONG_ENOUGH_MS);
};
/** What connecting to the host comes to. */
const dialled = (): Promise<string> =>
  new Promise((resolve) => {
    const socket = connect({ host: host.address, port: PORTS.http, timeout: LONG_ENOUGH_MS });
    const say = (word: string): void => {
      socket.destroy();
      resolve(word);
    };
    socket.once('connect', () => say('connected'));
    socket.once('timeout', () => say('silence'));
    socket.once('error', (error: NodeJS.ErrnoException) => say(error.code ?? error.message));
  });

beforeAll(async () => {
  cgroups = await detectCgroups();
  folder = mkdtempSync(join(tmpdir(), 'loadstair-silence-'));
  expect(await new IsolationRules(NFT, userIds(INSTANCE)).start(placement)).toEqual({ state: 'on' });
  execFileSync(NFT, ['-f', '-'], {
    input: `table ip ${OBSERVER}
delete table ip ${OBSERVER}
table ip ${OBSERVER} { chain seen {
  type filter hook input priority -300;
  ip saddr ${host.address} tcp flags & (fin | rst) != 0 counter
  ip daddr ${peer.address} tcp dport ${PEER_PORT} tcp flags & (fin | rst) != 0 counter
  }
}`,
  });
});

beforeEach(async () => {
  silence = await tried(cgroups);
  expect(silence.possible).toBe(true);
  ends = [];
  heard = [];
  server = createServer(keep).listen(PEER_PORT, peer.address);
  await once(server, 'listening');
  cgroups.create(group);
  log = openHostLog(join(folder, 'host.log'), host.name);
  const spec = { command: process.execPath, args: ['-e', PROGRAM], env: {}, cwd: folder };
  program = startInGroups(spec, { user: null, view: [], joinFiles: cgroups.joinFiles(group) }, log, 'site', () => {});
  await untilTrue(() => ends.length === 2);
  for (let index = 0; index < 2; index += 1) {
    const socket = connect(PORTS.http, host.address);
    await once(socket, 'connect');
    keep(socket);
  }
  for (const socket of ends) socket.write('unread');
  await delay(100);
  before = counted();
});

afterEach(async () => {
  for (const socket of ends) socket.destroy();
  await program.stop('SIGKILL', 0);
  await silence.end(placement, host);
  server.close();
  await cgroups.destroy(groups.host(INSTANCE, host.name));
  await log.close();
});

afterAll(async () => {
  execFileSync(NFT, ['delete', 'table', 'ip', OBSERVER]);
  await removeIsolation(NFT, INSTANCE);
  for (const all of groups.all(INSTANCE)) await cgroups.destroy(all);
  rmSync(folder, { recursive: true, force: true });
});

describe('a host whose programs are killed', () => {
  it('tells every peer when it crashes, and refuses who connects', async () => {
    await end();
    expect(heard).toHaveLength(4);
    expect(farewells()).toBeGreaterThanOrEqual(4);
    expect(await dialled()).toBe('ECONNREFUSED');
  });

  it('tells nobody when it loses power: no FIN or RST leaves it, on connections it made or took, asked or not', async () => {
    await silence.begin(placement, host);
    await end();
    // What comes for a socket that is gone would be answered by a reset.
    for (const socket of ends) socket.write('are you there?');
    expect(await dialled()).toBe('silence');
    expect([heard, farewells()]).toEqual([[], 0]);
  });

  it('stays silent while other hosts come and go, and while it can be rebuilt', async () => {
    const rules = new IsolationRules(NFT, userIds(INSTANCE));
    await rules.start(placement);
    await silence.begin(placement, host);
    await end();
    await rules.follow({ ...placement, hosts: [{ ...host, publicAddress: placement.addresses.door(host.place, host.number) }] });
    for (const socket of ends) socket.write('are you there?');
    await delay(LONG_ENOUGH_MS);
    expect([heard, farewells()]).toEqual([[], 0]);
    await cgroups.destroy(groups.host(INSTANCE, host.name));
    for (const socket of ends) socket.write('and now?');
    await delay(LONG_ENOUGH_MS);
    expect([heard, farewells()]).toEqual([[], 0]);
    await silence.end(placement, host);
    expect(await dialled()).toBe('ECONNREFUSED');
  });

  it('leaves no rule behind', async () => {
    await silence.begin(placement, host);
    await silence.end(placement, host);
    expect(execFileSync(NFT, ['list', 'table', 'ip', `loadstair_${INSTANCE}`], { encoding: 'utf8' })).not.toContain('silent');
    await silence.begin(placement, host);
    await removeIsolation(NFT, INSTANCE);
    expect(execFileSync(NFT, ['list', 'ruleset'], { encoding: 'utf8' })).not.toContain('silent');
    await new IsolationRules(NFT, userIds(INSTANCE)).start(placement);
    silence = await tried(cgroups);
  });

  it('is not possible where rules by control group do not match', async () => {
    // As where levels are counted from elsewhere.
    const above = { ...cgroups, unifiedPath: (group: string) => cgroups.unifiedPath(dirname(group)) };
    expect((await tried(above)).possible).toBe(false);
    expect(execFileSync(NFT, ['list', 'table', 'ip', `loadstair_${INSTANCE}`], { encoding: 'utf8' })).not.toContain('proof');
  });
});
