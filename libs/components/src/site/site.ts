import { PHOTOS_DATABASE } from '@loadstair/photo-site/database';
import { callers, longWays, PORTS, settingsOf, type PlacedHost, type Placement } from '@loadstair/topology';
import type { Component, ComponentContext } from '../component.ts';
import { hostsThat } from '../declarations.ts';
import type { SoftReading } from '../soft-reading.ts';
import { nodeProgram } from '../node-program/node-program.ts';
import { writeFiles } from '../owned-file.ts';
import { poolOf } from './connections.ts';
import { siteDeclaration } from './declaration.ts';
import { answeringTier, sitePlanOf } from './plan.ts';
import { simulatedSite } from './simulate.ts';

const READY_MS = 30_000;

const program = nodeProgram('site');

/** The photo site: one Node process. */
export const site: Component = {
  declaration: siteDeclaration,
  files: (context) => [program.planFile(context, sitePlanOf(context.host, context.placement, context.secrets))],
  process: (context) => program.process(context, siteEnvironment(context)),
  readiness: ({ host }) => ({ kind: 'http', address: host.address, port: PORTS.http, path: '/readyz' }),
  readyMs: READY_MS,
  image: program.image,
  inImage: program.inImage,
  stop: { signal: 'SIGTERM', graceMs: 10_000 },
  simulated: simulatedSite,
  metrics: {
    resources: (host, placement) => [
      {
        kind: 'pool',
        limit: poolOf(host.tierSpec),
        waitsOn: answeringTier(host, placement),
      },
      program.eventLoop,
    ],
    read,
  },
  membersChanged: tellPeers,
  database: PHOTOS_DATABASE,
};

/** The program follows its plan. */
function tellPeers(context: ComponentContext): Promise<void> {
  return writeFiles(site.files(context), context.user);
}

/** Variables that only the site reads (apps/site/src/config.ts). */
export function siteEnvironment({ host, placement }: Pick<ComponentContext, 'host' | 'placement'>): Record<string, string> {
  const addresses = [host.address, ...(host.publicAddress === null ? [] : [host.publicAddress])];
  const first = hostsThat(placement, ({ kind }) => kind === siteDeclaration.kind)[0];
  const { block, churn } = settingsOf(host.tierSpec, siteDeclaration);
  return {
    SITE_LISTEN: addresses.map((address) => `${address}:${PORTS.http}`).join(','),
    ...trustedProxies(host, placement),
    SITE_POOL: String(poolOf(host.tierSpec)),
    ...(block === undefined ? {} : { SITE_FAULT_BLOCK_MS: String(block) }),
    ...(churn === undefined ? {} : { SITE_FAULT_CHURN_KIB: String(churn) }),
    SITE_BUSINESS: first === undefined || first.name === host.name ? 'on' : 'off',
  };
}

/**
 * Who may say for whom a request is: nobody where users reach the site itself. A balancer connects from its private address; all private
 * addresses are trusted, because a balancer that takes another's place has a new one. Through a distance, it is the proxy that connects.
 */
function trustedProxies(host: PlacedHost, placement: Placement): Record<string, string> {
  if (callers(placement, host, 'http').length === 0) return {};
  const far = longWays(placement).some((way) => way.host.name === host.name);
  return { SITE_TRUSTED_PROXIES: [...placement.addresses.hostNetworks, ...(far ? ['127.0.0.1'] : [])].join(',') };
}

type ByHost = Readonly<Record<string, number>>;

function workBy(reads: ByHost, writes: ByHost): NonNullable<SoftReading['databases']> {
  const names = [...new Set([...Object.keys(reads), ...Object.keys(writes)])];
  return Object.fromEntries(names.map((name) => [name, { reads: reads[name] ?? 0, writes: writes[name] ?? 0 }]));
}

async function read(context: ComponentContext): Promise<SoftReading[]> {
  const { stats, eventLoop } = await program.read(context);
  const { pool, requests, reads = {}, writes = {}, caches } = stats;
  if (pool === undefined) return [eventLoop];
  return [
    {
      kind: 'pool',
      atMs: stats.atMs,
      inUse: pool.inUse,
      waiting: pool.waiting,
      waitSeconds: pool.waitSeconds,
      busySeconds: pool.holdSeconds,
      acquisitions: pool.acquisitions,
      refused: pool.refused,
      ...(requests === undefined ? {} : { requests }),
      servedBy: reads,
      databases: workBy(reads, writes),
      ...(caches === undefined ? {} : { asked: caches }),
    },
    eventLoop,
  ];
}
