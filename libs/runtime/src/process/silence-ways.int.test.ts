import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { slowWayOf, type SlowWay } from '@loadstair/components/declarations';
import { placeTopology, type PlacedHost, type Topology } from '@loadstair/topology';
import type { Cgroups } from '../budgets/cgroups.ts';
import { detectCgroups } from '../budgets/detect.ts';
import { findTool } from '../tools/find.ts';
import { distanceProxySpec, Distances } from './distance.ts';
import { groups } from './groups.ts';
import { userIds } from './identity.ts';
import { IsolationRules, removeIsolation } from './isolation.ts';
import { Silence } from './silence.ts';
import { openHostLog, type HostLog } from './host-log.ts';
import { startInGroups, type SupervisedProcess } from './supervisor.ts';

const INSTANCE = 113;
const NFT = 'nft';
const KIB_PER_S = 64;
/** Far more than goes over the way while this test looks: it waits in the buffers of the primary and of the proxy. */
const SENT_BYTES = 4 * 2 ** 20;
const LONG_ENOUGH_MS = 1_500;

const tier = { count: 1, cpu: 1, memoryMiB: 256, components: ['postgres'], public: false };
const topology: Topology = {
  stage: 4,
  slug: '',
  title: '',
  tiers: [
    { ...tier, name: 'db', settings: {} },
    { ...tier, name: 'db-replica', settings: { postgres: { bandwidth: KIB_PER_S } } },
  ],
  links: [{ from: 'db-replica', to: 'db', role: 'wal' }],
};
const placement = placeTopology(topology, { instance: INSTANCE, labFolder: '/lab' });
const [primary, replica] = placement.hosts as readonly [PlacedHost, PlacedHost];
const way = slowWayOf(placement, replica) as SlowWay;
const group = groups.component(INSTANCE, primary.name, 'postgres');
const { signal } = new AbortController();

/** Stands for the primary: sends all it has to whoever connects. */
const PROGRAM = `
  const { createServer } = require('node:net');
  createServer((socket) => { socket.on('error', () => {}); socket.write(Buffer.alloc(${SENT_BYTES})); })
    .listen(${way.upstream.port}, '${way.upstream.address}');
`;

let cgroups: Cgroups;
let silence: Silence;
let folder: string;
let proxy: ChildProcess;
let log: HostLog;
let program: SupervisedProcess;
/** The replica's end of the way. */
let end: Socket;
let bytes: number;
let heard: string[];

async function follows(): Promise<Socket> {
  for (let tries = 0; ; tries += 1) {
    const socket = connect(way.port, way.address);
    // The proxy takes a connection before it has one to the primary, and closes it when it gets none.
    const first = await Promise.race([once(socket, 'data').then(() => 'data'), once(socket, 'close').then(() => 'close')]);
    if (first === 'data') return socket;
    if (tries === 100) throw new Error('Nothing comes over the way.');
    await delay(50);
  }
}

beforeAll(async () => {
  cgroups = await detectCgroups();
  folder = mkdtempSync(join(tmpdir(), 'loadstair-silence-'));
  expect(await new IsolationRules(NFT, userIds(INSTANCE)).start(placement)).toEqual({ state: 'on' });
  silence = new Silence(NFT, cgroups, () => true);
  await silence.tryOut(placement);
  const tool = await findTool('toxiproxy', { labFolder: join(import.meta.dirname, '../../../../.lab'), path: process.env['PATH'] ?? '' });
  if (tool.state !== 'found') throw new Error('toxiproxy was not found.');
  const { command, args, env } = distanceProxySpec(tool.path, placement, folder);
  proxy = spawn(command, args, { env: { ...process.env, ...env }, stdio: 'ignore' });
  await new Distances(placement.labAddress).follow(placement, signal);
}, 30_000);

beforeEach(async () => {
  cgroups.create(group);
  log = openHostLog(join(folder, 'host.log'), primary.name);
  const spec = { command: process.execPath, args: ['-e', PROGRAM], env: {}, cwd: folder };
  program = startInGroups(spec, { user: null, view: [], joinFiles: cgroups.joinFiles(group) }, log, 'postgres', () => {});
  end = await follows();
  [bytes, heard] = [0, []];
  end.on('data', (part: Buffer) => (bytes += part.length));
  for (const event of ['end', 'error'] as const) end.on(event, () => heard.push(event));
  await delay(LONG_ENOUGH_MS);
  // Most of it is still on the way.
  expect(bytes).toBeGreaterThan(0);
  expect(bytes).toBeLessThan(SENT_BYTES / 4);
}, 30_000);

afterEach(async () => {
  end.destroy();
  await program.stop('SIGKILL', 0);
  await silence.end(placement, primary);
  await cgroups.destroy(groups.host(INSTANCE, primary.name));
  await log.close();
});

afterAll(async () => {
  proxy.kill('SIGKILL');
  await removeIsolation(NFT, INSTANCE);
  for (const all of groups.all(INSTANCE)) await cgroups.destroy(all);
  rmSync(folder, { recursive: true, force: true });
});

describe('a primary behind a slow way', () => {
  it('that crashed is still heard: what its kernel and the proxy hold goes on arriving', async () => {
    await program.stop('SIGKILL', 0);
    const before = bytes;
    await delay(LONG_ENOUGH_MS);
    expect(bytes).toBeGreaterThan(before + (KIB_PER_S * 1024) / 2);
  });

  it('that lost power is silent with its proxy: no byte of what that holds arrives, and nobody is told', async () => {
    await silence.begin(placement, primary);
    // What had arrived by then is read.
    await delay(50);
    const before = bytes;
    await program.stop('SIGKILL', 0);
    end.write('are you there?');
    await delay(LONG_ENOUGH_MS);
    expect([bytes - before, heard]).toEqual([0, []]);
  });
});
