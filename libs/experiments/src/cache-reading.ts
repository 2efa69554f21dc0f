import { milliseconds, percent } from '@loadstair/analysis';
import type { Fared } from '@loadstair/resources';
import type { Observed, Steady } from './observed.ts';
import type { OutcomeTable } from './outcome.ts';
import { databasesIn, steadyOf } from './reading.ts';

/** Of fewer lookups no ratio is claimed. */
const LEAST_LOOKUPS = 100;

/** How the cache fared in a phase; null where there is none, or it was asked too little. */
export function cacheIn(observed: Observed, phase: string): Fared | null {
  const cache = steadyOf(observed, phase)?.cache ?? null;
  return cache === null || cache.lookups < LEAST_LOOKUPS ? null : cache;
}

/** ms of CPU on all database hosts for an arrival. */
export function databaseMs(steady: Steady | null): number | null {
  if (steady === null) return null;
  const hosts = databasesIn(steady);
  return hosts.length === 0 || steady.achieved <= 0 ? null : (1000 * hosts.reduce((sum, host) => sum + host.cores, 0)) / steady.achieved;
}

/** Share of answers without what their reader had just written. */
export function staleShare(steady: Steady | null): number | null {
  return steady?.stale === undefined || steady.requests === 0 ? null : steady.stale / steady.requests;
}

/** How the cache fared phase by phase, and what that meant for databases and readers. */
export function cacheTable(observed: Observed): OutcomeTable {
  return {
    head: ['', 'hits', 'repeat misses', 'db ms/arrival', 'stale', 'p95 ms'],
    rows: observed.phases.map(({ name, steady }) => {
      const cache = cacheIn(observed, name);
      const [ms, stale] = [databaseMs(steady), staleShare(steady)];
      return [
        name,
        cache === null ? '–' : percent(cache.hitRatio),
        cache === null ? '–' : percent(cache.againShare),
        ms === null ? '–' : ms.toFixed(2),
        stale === null ? '–' : percent(stale),
        steady?.quantileMs == null ? '–' : milliseconds(steady.quantileMs),
      ];
    }),
  };
}
