import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { NOTHING_READ, type Component, type ComponentContext, type HostContext } from '@loadstair/components';
import { offer } from '@loadstair/operations';
import { PORTS, type PlacedHost } from '@loadstair/topology';
import { INK_BOTTLES } from '../refill.ts';
import { STAMP_INK } from '../stamp-ink.ts';
import { inkpressConfig } from './config.ts';
import { inkpressDeclaration, padsOf } from './declaration.ts';
import { simulatedInkpress } from './simulate.ts';

const PROGRAM = 'inkpress';

/** It stamps what passes through it, as many pages at once as it has pads. */
export const inkpress: Component = {
  declaration: inkpressDeclaration,
  files: (context) => [{ path: configFile(context.host), text: inkpressConfig(context.host, context.placement, inUseFile(context)) }],
  process: ({ host, tools }) => ({
    command: tools[PROGRAM] ?? PROGRAM,
    args: ['--config', configFile(host)],
    env: { PATH: '/usr/local/bin:/usr/bin:/bin' },
    cwd: host.folder,
  }),
  readiness: ({ host }) => ({ kind: 'http', address: host.address, port: PORTS.http, path: '/readyz' }),
  readyMs: 5_000,
  image: 'inkpress:1.0',
  stop: { signal: 'SIGTERM', graceMs: 1_000 },
  metrics: {
    resources: ({ tierSpec }) => [{ kind: STAMP_INK, limit: padsOf(tierSpec), waitsOn: null }],
    read: async (context) => [
      { ...NOTHING_READ, kind: STAMP_INK, atMs: Date.now(), inUse: Number(await readFile(inUseFile(context), 'utf8')) },
    ],
  },
  simulated: simulatedInkpress,
  offers: (hosts) => [offer(INK_BOTTLES, { refill: (tier, bottles) => refill(hosts(), tier, bottles) })],
};

/** @returns how many hosts took them */
async function refill(hosts: readonly ComponentContext[], tier: string, bottles: number): Promise<number> {
  const asked = hosts.filter(({ host }) => host.tier === tier);
  for (const context of asked) await context.run(context.tools[PROGRAM] ?? PROGRAM, ['refill', String(bottles)]);
  return asked.length;
}

function inUseFile({ workFolder }: HostContext): string {
  return join(workFolder, 'pads-in-use');
}

function configFile(host: PlacedHost): string {
  return join(host.folder, 'inkpress.conf');
}
