import {
  databaseGroups,
  isReplica,
  isReplicated,
  MAX_HOSTS_OF_TIER,
  replicaCount,
  settingsOf,
  type Tier,
  type Topology,
} from '@loadstair/topology';
import type { Declaration } from '../declaration.ts';
import { postgresLog } from './log.ts';

export const PORT = 5432;
/** Who the site connects as: it may use its rows and change no table. */
export const SITE_USER = 'site';
/** What a server takes at most: 16 web servers with pools of 20, and one with a pool of 200. */
export const MAX_CONNECTIONS = 400;
/** Of those, what is kept for a superuser: PostgreSQL's own default. */
const KEPT_FOR_SUPERUSER = 3;

const SYNC = {
  unit: null,
  whole: true,
  low: 0,
  high: MAX_HOSTS_OF_TIER,
  default: 0,
  has: isReplicated,
  meaning: 'number of replicas that must have a commit on disk before it is acknowledged (0: asynchronous)',
} as const;

const DISK = {
  fault: true,
  unit: 'KiB',
  whole: true,
  low: 16,
  high: 1_048_576,
  meaning: 'fault: highest rate at which the host may write to its disk, per second',
} as const;

export const postgresDeclaration = {
  kind: 'postgres',
  title: 'PostgreSQL',
  word: 'database',
  tool: {
    name: 'postgres',
    programs: ['postgres', 'initdb', 'pg_ctl', 'createdb'],
    versionArgs: ['--version'],
    minimum: [14, 0],
    folders: ['/usr/lib/postgresql/*/bin'],
    wantsFolder: true,
    source: { how: 'apt', pack: 'postgresql', fedora: 'postgresql-server', arch: 'postgresql', sizeText: '60 MB' },
  },
  ports: { served: PORT, others: [] },
  scrape: () => null,
  log: postgresLog,
  // Measured like the site's: 30 to 38 beside what the kernel keeps of its files; never killed at 64.
  leastMemoryMiB: 64,
  settings: {
    sync: SYNC,
    delay: {
      live: true,
      unit: 'ms',
      whole: true,
      low: 0,
      high: 60_000,
      has: isReplica,
      meaning: 'time by which replicas delay replaying the primary’s log',
    },
    bandwidth: {
      live: true,
      unit: 'KiB',
      whole: true,
      low: 0,
      high: 1_048_576,
      has: isReplica,
      meaning: 'highest rate at which each replica receives the primary’s log, per second (0: no limit)',
    },
    transit: {
      live: true,
      unit: 'ms',
      whole: true,
      low: 0,
      high: 10_000,
      has: isReplica,
      meaning: 'emulated delay of the link from the primary to each replica',
    },
    lock: {
      fault: true,
      unit: 'ms',
      whole: true,
      low: 1,
      high: 500,
      // A replica's rows are locked by whoever reads only: what holds writes up stands on the primary.
      has: (topology, tier) => !isReplica(topology, tier),
      meaning: 'fault: time for which every like, comment and order locks one row that all of them need',
    },
    disk: DISK,
    connections: {
      fault: true,
      unit: null,
      whole: true,
      low: 4,
      high: MAX_CONNECTIONS - KEPT_FOR_SUPERUSER,
      relieves: 'connections',
      meaning: 'fault: number of connections that each database server accepts from all its clients together',
    },
  },
  problems: (topology) => [...tooFewReplicas(topology), ...tooNarrow(topology)],
  mostConnections: MAX_CONNECTIONS,
  serves: { sql: { scheme: 'postgres', user: SITE_USER } },
  stores: true,
  keepsData: true,
  spreadsOver: () => false,
  warmsUp: false,
  // A seeded database has 440 MiB (measured on 30 November 2026), and some log is written during a run.
  diskMiB: 510,
  diskWriteLimit: (tier) => settingsOf(tier, { kind: 'postgres', settings: { disk: DISK } }).disk,
  openFiles: { least: MAX_CONNECTIONS + 112, because: `${MAX_CONNECTIONS} connections, and files of its tables` },
} as const satisfies Declaration;

/** Replicas that a commit of a group has to be on the disks of before it is answered, as the topology has it. */
export function declaredSync({ tiers }: Topology, group: string): number {
  const tier = tiers.find(({ name }) => name === group);
  return tier === undefined ? 0 : (settingsOf(tier, { kind: 'postgres', settings: { sync: SYNC } }).sync ?? SYNC.default);
}

/** Connections that a server of a tier accepts from all who are no superuser. */
export function connectionsOf(tier: Pick<Tier, 'settings'>): number {
  return settingsOf(tier, postgresDeclaration).connections ?? MAX_CONNECTIONS - KEPT_FOR_SUPERUSER;
}

/** ms that the hosts of a tier replay later than they could. */
export function replayDelayMs(tier: Pick<Tier, 'settings'>): number {
  return settingsOf(tier, postgresDeclaration).delay ?? 0;
}

/** KiB/s at which the biggest message of a primary (128 KiB) reaches a replica within the 10 s that both wait for each other. */
const NARROWEST = 16;

function tooNarrow({ tiers }: Topology): string[] {
  return tiers.flatMap((tier) => {
    const { bandwidth = 0 } = settingsOf(tier, postgresDeclaration);
    return bandwidth === 0 || bandwidth >= NARROWEST
      ? []
      : [
          `${tier.name}.bandwidth is ${bandwidth} KiB/s; below ${NARROWEST} KiB/s a replica closes its connection before a whole message has arrived.`,
        ];
  });
}

function tooFewReplicas(topology: Topology): string[] {
  const groups = databaseGroups(topology);
  return topology.tiers.flatMap(({ name }) => {
    const sync = declaredSync(topology, name);
    const group = groups.find((one) => one.name === name);
    const most = group === undefined ? 0 : replicaCount(topology, group);
    return sync > most
      ? [
          `${name}.sync is ${sync}, but there ${most === 1 ? 'is 1 replica' : `are ${most} replicas`}: no commit would ever be acknowledged.`,
        ]
      : [];
  });
}
