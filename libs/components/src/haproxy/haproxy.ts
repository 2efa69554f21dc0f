import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { addressFrom, peers, PORTS, type PlacedHost } from '@loadstair/topology';
import type { Component, ComponentContext, HostContext } from '../component.ts';
import type { CheckOutcome, ServerState, SoftReading } from '../soft-reading.ts';
import { untilReady } from '../wait/wait.ts';
import { haproxyCommand, haproxyStats, type ServerStat } from './admin.ts';
import { haproxyDeclaration, maxconnOf } from './declaration.ts';
import { BACKEND, FRONTEND, haproxyConfig, SERVER_SLOTS, serverName, slotOf } from './config.ts';
import { simulatedHaproxy } from './simulate.ts';

const READY_MS = 20_000;
const DRAIN_MS = 10_000;

/** HAProxy, spreading requests over the web servers in turn. */
export const haproxy: Component = {
  declaration: haproxyDeclaration,
  files: (context) => [
    { path: configFile(context.host), text: haproxyConfig(context.host, context.placement, socketOf(context), context.secrets.edge) },
  ],
  process: ({ host, tools }) => ({
    command: tools['haproxy'] ?? 'haproxy',
    args: ['-db', '-f', configFile(host)],
    env: {},
    cwd: host.folder,
  }),
  readiness: ({ host }) => ({ kind: 'http', address: host.publicAddress ?? host.address, port: PORTS.http, path: '/readyz' }),
  readyMs: READY_MS,
  image: 'haproxy:3.2',
  stop: { signal: 'SIGTERM', graceMs: 5_000 },
  simulated: simulatedHaproxy,
  metrics: {
    resources(host, placement) {
      const servers = peers(placement, host, 'http');
      return [{ kind: 'slots', limit: maxconnOf(host.tierSpec) * Math.max(1, servers.length), waitsOn: servers[0]?.tier ?? null }];
    },
    read: readSlots,
  },
  membersChanged,
  drain,
};

function configFile(host: PlacedHost): string {
  return join(host.folder, 'haproxy.cfg');
}

function socketOf({ socketFolder }: HostContext): string {
  return join(socketFolder, 'admin.sock');
}

function reachedAt({ host, placement }: ComponentContext, peer: PlacedHost): string {
  return addressFrom(placement, host.place, peer);
}

/** Servers in service now: slot number by address. */
async function slots(context: ComponentContext): Promise<Map<string, number>> {
  const rows = (await haproxyCommand(socketOf(context), `show servers state ${BACKEND}`))
    .split('\n')
    .filter((row) => row.includes(` ${BACKEND} `));
  const found = new Map<string, number>();
  for (const row of rows) {
    const cells = row.split(' ');
    const [name, address, adminState] = [cells[3] ?? '', cells[4] ?? '', Number(cells[6] ?? 0)];
    // Bit 0x01 of srv_admin_state: taken out of service by configuration or command.
    if ((adminState & 0x01) === 0) found.set(address, slotOf(name));
  }
  return found;
}

/** Gives every web server of the placement a slot, and takes the slots of gone ones out of service. */
async function membersChanged(context: ComponentContext, signal: AbortSignal): Promise<void> {
  const socket = socketOf(context);
  const used = await slots(context);
  const servers = peers(context.placement, context.host, 'http');
  const wanted = new Set(servers.map((peer) => reachedAt(context, peer)));
  for (const [address, slot] of used) {
    if (wanted.has(address)) continue;
    await haproxyCommand(socket, `set server ${BACKEND}/${serverName(slot)} state maint`);
    used.delete(address);
  }
  for (const peer of servers) {
    const address = reachedAt(context, peer);
    if (used.has(address)) continue;
    const taken = new Set(used.values());
    const free = Array.from({ length: SERVER_SLOTS }, (_, index) => index + 1).find((slot) => !taken.has(slot));
    if (free === undefined) throw new Error(`The balancer has ${SERVER_SLOTS} places for web servers, and all are taken.`);
    const name = `${BACKEND}/${serverName(free)}`;
    await haproxyCommand(socket, `set server ${name} addr ${address} port ${PORTS.http}`);
    await haproxyCommand(socket, `set server ${name} health down`);
    await haproxyCommand(socket, `set server ${name} state ready`);
    used.set(address, free);
    await untilReady(
      async () => {
        const stat = (await haproxyStats(socket)).find((one) => one.proxy === BACKEND && one.server === serverName(free));
        return stat?.status.startsWith('UP') === true ? null : `the balancer reports ${stat?.status ?? 'no status'}`;
      },
      { host: peer.name, component: peer.tierSpec.components[0] ?? '' },
      { timeoutMs: READY_MS, signal },
    );
  }
}

async function drain(context: ComponentContext, peer: PlacedHost, signal: AbortSignal): Promise<void> {
  const socket = socketOf(context);
  const slot = (await slots(context)).get(reachedAt(context, peer));
  if (slot === undefined) return;
  const name = serverName(slot);
  await haproxyCommand(socket, `set server ${BACKEND}/${name} state drain`);
  const begun = performance.now();
  while (performance.now() - begun < DRAIN_MS) {
    const stat = (await haproxyStats(socket)).find((one) => one.proxy === BACKEND && one.server === name);
    if (stat === undefined || stat.current === 0) break;
    await delay(50, undefined, { signal });
  }
  await haproxyCommand(socket, `set server ${BACKEND}/${name} state maint`);
}

interface SlotTotals {
  requests: number;
  waitSeconds: number;
  busySeconds: number;
}

interface Known {
  readonly perServer: Map<string, SlotTotals>;
  readonly perPeer: Map<string, number>;
  /** Names of hosts by the address they are reached at; no address is given twice. */
  readonly names: Map<string, string>;
}

const totals = new Map<string, Known>();

/**
 * Slots over all web servers. HAProxy tells times only as means over the last 512 requests or so of a server; they are
 * summed by the requests since the last read, which is exact as long as that mean drifts little meanwhile.
 */
async function readSlots(context: ComponentContext): Promise<SoftReading[]> {
  const socket = socketOf(context);
  const { placement } = context;
  const all = await haproxyStats(socket);
  const rows = all.filter((row) => row.proxy === BACKEND);
  const servers = rows.filter((row) => row.server !== 'BACKEND');
  const front = all.find((row) => row.proxy === FRONTEND && row.server === 'FRONTEND');
  const known: Known = totals.get(socket) ?? { perServer: new Map(), perPeer: new Map(), names: new Map() };
  totals.set(socket, known);
  // Kept when a host goes: what it served since the last read was its own.
  for (const peer of peers(placement, context.host, 'http')) known.names.set(`${reachedAt(context, peer)}:${PORTS.http}`, peer.name);
  for (const row of servers) {
    const grown = addTotals(known.perServer, row);
    const peer = known.names.get(row.address);
    // A place that changes hands had no traffic meanwhile: the host that has it now got what it grew by.
    if (peer !== undefined) known.perPeer.set(peer, (known.perPeer.get(peer) ?? 0) + grown);
  }
  const sum = (value: (one: SlotTotals) => number): number => [...known.perServer.values()].reduce((all, one) => all + value(one), 0);
  return [
    {
      kind: 'slots',
      atMs: Date.now(),
      inUse: servers.reduce((all, row) => all + row.current, 0),
      // The backend's own queue holds what no server had room for.
      waiting: rows.reduce((all, row) => all + row.queued, 0),
      waitSeconds: sum((one) => one.waitSeconds),
      busySeconds: sum((one) => one.busySeconds),
      acquisitions: sum((one) => one.requests),
      servedBy: Object.fromEntries(known.perPeer),
      servers: Object.fromEntries(servers.flatMap((row) => stateOf(row, known.names))),
      requests: front?.requests ?? 0,
      bytesOut: front?.bytesOut ?? 0,
    },
  ];
}

/** Of a server that is meant to serve; one that is being drained, or a place without one, has no state. */
function stateOf({ status, address, wentDown, check }: ServerStat, names: ReadonlyMap<string, string>): [string, ServerState][] {
  const name = names.get(address);
  if (name === undefined || /^(MAINT|DRAIN|NOLB)/.test(status)) return [];
  return [[name, { inService: !status.startsWith('DOWN'), takenOut: wentDown, check: outcomeOf(check) }]];
}

function outcomeOf(check: string): CheckOutcome {
  if (check.endsWith('TOUT')) return 'no-answer';
  if (check === 'L4CON') return 'refused';
  return check === '' || check === 'INI' || check.endsWith('OK') || check.endsWith('OKC') ? 'answered' : 'failed';
}

/** @returns requests since the last read */
function addTotals(perServer: Map<string, SlotTotals>, row: ServerStat): number {
  const before = perServer.get(row.server) ?? { requests: 0, waitSeconds: 0, busySeconds: 0 };
  // A smaller count than before is a fresh HAProxy.
  const grown = row.total >= before.requests ? row.total - before.requests : row.total;
  // A slot is held from the connection to the answer; HAProxy's total time has the client's idle time between requests in it.
  const heldMs = row.connectMs + row.responseMs;
  perServer.set(row.server, {
    requests: row.total,
    waitSeconds: before.waitSeconds + (grown * row.queueMs) / 1000,
    busySeconds: before.busySeconds + (grown * heldMs) / 1000,
  });
  return grown;
}
