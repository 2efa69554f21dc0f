import { milliseconds, percent, rate, type Interval } from '@loadstair/analysis';
import type { ResourceUse } from '@loadstair/resources';
import type { Observed, Steady } from './observed.ts';
import type { OutcomeTable } from './outcome.ts';
import { databasesIn } from './reading.ts';
import { staleShare } from './cache-reading.ts';

/** Work of a tier's hosts by the part they play now. */
export interface TierWork {
  readonly reads: number;
  readonly writes: number;
}

/** Reads and writes that the hosts of each tier were given; null where nobody counted them. */
export function workByTier(steady: Steady): ReadonlyMap<string, TierWork> | null {
  if (steady.databases === undefined) return null;
  const tierOf = new Map(steady.hosts.map(({ host, tier }) => [host, tier]));
  const byTier = new Map<string, TierWork>();
  for (const { host, reads, writes } of steady.databases) {
    const tier = tierOf.get(host) ?? host;
    const before = byTier.get(tier) ?? { reads: 0, writes: 0 };
    byTier.set(tier, { reads: before.reads + reads, writes: before.writes + writes });
  }
  return byTier;
}

/** A line a database host: what it was asked a second. */
export function workLines({ databases = [], startMs, endMs }: Steady): string[] {
  const seconds = (endMs - startMs) / 1000;
  return databases.map(({ host, reads, writes }) => `${host}  ${rate(reads / seconds)} reads/s, ${rate(writes / seconds)} writes/s`);
}

/** The load at which the first host would be full that holds a database; null where none was measured. */
export function databasesFullAt(steady: Steady | null): { readonly load: number; readonly interval: Interval } | null {
  if (steady === null) return null;
  const tiers = new Set(databasesIn(steady).map(({ tier }) => tier));
  const all = [...tiers].flatMap((tier) => steady.saturation[tier] ?? []);
  return all.reduce<(typeof all)[number] | null>((first, one) => (first === null || one.load < first.load ? one : first), null);
}

export interface ReplicaLag {
  readonly seconds: number;
  readonly bytes: number;
}

/** Mean lag of the replica that is furthest behind; null where no replica was read. */
export function lagIn(steady: Steady | null): ReplicaLag | null {
  const lags = (steady?.use ?? []).flatMap((use: ResourceUse) =>
    use.kind !== 'replay' || use.meanBehindSeconds === undefined
      ? []
      : [{ seconds: use.meanBehindSeconds, bytes: use.meanBehindBytes ?? 0 }],
  );
  return lags.reduce<ReplicaLag | null>((worst, one) => (worst === null || one.seconds > worst.seconds ? one : worst), null);
}

/** Share of the reads that replicas answered; null where nobody counted. */
function readByReplicas({ databases = [], use }: Steady): number | null {
  const replicas = new Set(use.filter(({ kind }) => kind === 'replay').map(({ resource }) => resource.split('/')[0]));
  const sum = (all: typeof databases): number => all.reduce((reads, one) => reads + one.reads, 0);
  return sum(databases) === 0 ? null : sum(databases.filter(({ host }) => replicas.has(host))) / sum(databases);
}

/** By phase how far replicas were behind, what readers missed of it, and how many of the reads they answered. */
export function lagTable(observed: Observed): OutcomeTable {
  return {
    head: ['', 'lag s', 'lag KiB', 'stale', 'read from replicas', 'p95 ms'],
    rows: observed.phases.map(({ name, steady }) => {
      const [lag, stale, replicas] = [lagIn(steady), staleShare(steady), steady === null ? null : readByReplicas(steady)];
      return [
        name,
        lag === null ? '–' : lag.seconds.toFixed(2),
        lag === null ? '–' : (lag.bytes / 1024).toFixed(1),
        stale === null ? '–' : percent(stale),
        replicas === null ? '–' : percent(replicas),
        steady?.quantileMs == null ? '–' : milliseconds(steady.quantileMs),
      ];
    }),
  };
}
