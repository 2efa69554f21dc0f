import { join } from 'node:path';
import { NOTHING_READ, type Component, type ComponentContext } from '@loadstair/components';
import { offer } from '@loadstair/operations';
import { PORTS, type PlacedHost } from '@loadstair/topology';
import { INK_BOTTLES } from '../refill.ts';
import { STAMP_INK } from '../stamp-ink.ts';
import { inkpressConfig } from './config.ts';
import { inkpressDeclaration, padsOf } from './declaration.ts';
import { simulatedInkpress } from './simulate.ts';

const CONTROL = 'inkpressctl';

/** A program that nobody has: it stamps what passes through it, as many pages at once as it has pads. */
export const inkpress: Component = {
  declaration: inkpressDeclaration,
  files: ({ host, placement }) => [{ path: configFile(host), text: inkpressConfig(host, placement) }],
  process: ({ host, tools }) => ({
    command: tools['inkpress'] ?? 'inkpress',
    args: ['--config', configFile(host)],
    env: {},
    cwd: host.folder,
  }),
  readiness: ({ host }) => ({ kind: 'http', address: host.address, port: PORTS.http, path: '/readyz' }),
  readyMs: 5_000,
  image: 'inkpress:1.0',
  stop: { signal: 'SIGTERM', graceMs: 1_000 },
  metrics: {
    resources: ({ tierSpec }) => [{ kind: STAMP_INK, limit: padsOf(tierSpec), waitsOn: null }],
    read: async (context) => [
      { ...NOTHING_READ, kind: STAMP_INK, atMs: Date.now(), inUse: Number(await context.run(CONTROL, ['pads-in-use'])) },
    ],
  },
  simulated: simulatedInkpress,
  offers: (hosts) => [offer(INK_BOTTLES, { refill: (tier, bottles) => refill(hosts(), tier, bottles) })],
};

/** @returns how many hosts took them */
async function refill(hosts: readonly ComponentContext[], tier: string, bottles: number): Promise<number> {
  const asked = hosts.filter(({ host }) => host.tier === tier);
  for (const context of asked) await context.run(CONTROL, ['refill', String(bottles)]);
  return asked.length;
}

function configFile(host: PlacedHost): string {
  return join(host.folder, 'inkpress.conf');
}
