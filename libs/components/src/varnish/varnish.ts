import { join } from 'node:path';
import { PORTS, settingsOf, type PlacedHost } from '@loadstair/topology';
import type { Component, ComponentContext } from '../component.ts';
import { NOTHING_READ, type SoftReading } from '../soft-reading.ts';
import { varnishDeclaration } from './declaration.ts';
import { keptMiB, TRANSIENT_MIB, varnishConfig } from './config.ts';
import { LOG_ARGUMENTS } from './log.ts';
import { COUNTERS, parseStats } from './stats.ts';
import { simulatedVarnish } from './simulate.ts';

const READY_MS = 30_000;
const PURGE_MS = 2_000;
/** Of the same package; they lie where all programs do. */
const STATS_PROGRAM = 'varnishstat';
const LOG_PROGRAM = 'varnishlog';

/** Varnish at an edge: keeps files for as long as the site says, and fetches what it does not have. */
export const varnish: Component = {
  declaration: varnishDeclaration,
  files: ({ host, placement, secrets }) => [{ path: configFile(host), text: varnishConfig(host, placement, secrets.purge, secrets.edge) }],
  process: ({ host, tools, workFolder }) => ({
    command: tools['varnish'] ?? 'varnishd',
    args: [
      '-F',
      ...['-n', varnishFolder(workFolder), '-f', configFile(host), '-T', 'none', '-j', 'none'],
      // Clients come to the public address, which refuses them at an edge that is down; purging and the health check have the
      // private one, which clients cannot reach.
      ...(settingsOf(host.tierSpec, varnishDeclaration).down === host.place
        ? []
        : ['-a', `files=${host.publicAddress ?? host.address}:${PORTS.http}`]),
      ...['-a', `control=${controlAddress(host)}`],
      ...['-s', `kept=malloc,${keptMiB(host)}m`, '-s', `Transient=malloc,${TRANSIENT_MIB}m`],
      // A host of a tenth of a core needs few threads, and of its log only what failed is read, at once.
      ...['thread_pools=1', 'thread_pool_min=10', 'thread_pool_max=200', 'vsl_space=2M', 'http_gzip_support=off'].flatMap((one) => [
        '-p',
        one,
      ]),
    ],
    // It compiles its configuration with the system's C compiler.
    env: { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' },
    cwd: host.folder,
  }),
  // It logs to shared memory.
  logProcess: ({ host, workFolder }) => ({
    command: LOG_PROGRAM,
    args: ['-n', varnishFolder(workFolder), ...LOG_ARGUMENTS],
    env: {},
    cwd: host.folder,
  }),
  readiness: ({ host }) => ({ kind: 'http', address: host.address, port: PORTS.http, path: '/edge-health' }),
  readyMs: READY_MS,
  image: 'varnish:7.7',
  stop: { signal: 'SIGTERM', graceMs: 5_000 },
  simulated: simulatedVarnish,
  metrics: {
    resources: () => [],
    read,
  },
  cache: {
    clear: (context) => control(context, 'BAN', '/'),
    purge: (context, path, signal) => control(context, 'PURGE', path, signal),
  },
};

/** Over the private address, which clients cannot reach, and with the token that only the lab and the host have. */
async function control({ host, secrets }: ComponentContext, method: 'PURGE' | 'BAN', path: string, signal?: AbortSignal): Promise<void> {
  const inTime = AbortSignal.timeout(PURGE_MS);
  const answer = await fetch(`http://${controlAddress(host)}${path}`, {
    method,
    headers: { 'x-purge-token': secrets.purge },
    signal: signal === undefined ? inTime : AbortSignal.any([signal, inTime]),
  });
  if (!answer.ok) throw new Error(`${host.name} answered ${answer.status} to ${method} ${path}.`);
}

async function read({ workFolder, run }: ComponentContext): Promise<SoftReading[]> {
  const fields = Object.values(COUNTERS).flatMap((name) => ['-f', name]);
  const text = await run(STATS_PROGRAM, ['-1', '-j', '-n', varnishFolder(workFolder), ...fields]);
  return [{ ...NOTHING_READ, kind: 'files', atMs: Date.now(), files: parseStats(text) }];
}

function controlAddress(host: PlacedHost): string {
  return `${host.address}:${PORTS.http}`;
}

function varnishFolder(workFolder: string): string {
  return join(workFolder, 'varnish');
}

function configFile(host: PlacedHost): string {
  return join(host.folder, 'edge.vcl');
}
