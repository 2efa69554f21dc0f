import { milliseconds, percent } from '../format.ts';
import { AGAIN_SHARE, LOAD_SHARE, type Fared } from '../misses.ts';
import type { Experiment, Expectation } from './experiment.ts';
import { count, ratioRange, shareRange, steadyOf, unseen, type Of } from './of.ts';
import type { Observed, ObservedHost, Steady } from './observed.ts';
import type { ExpectationResult, ExperimentOutcome } from './outcome.ts';

/** Of fewer lookups no ratio is claimed. */
const LEAST_LOOKUPS = 100;

export function hitRatio({ phase, least, most }: Of<'hit-ratio'>, observed: Observed): ExpectationResult {
  const about = `the cache has what it is asked for: ${phase}`;
  const expected = shareRange({ least, most });
  const cache = fared(observed, phase);
  if (cache === null) return unseen(about, expected, 'it was asked too little');
  return {
    about,
    expected,
    measured: `${percent(cache.hitRatio)} hits`,
    holds: cache.hitRatio >= least && cache.hitRatio <= most,
    details: [],
    values: { hitRatio: cache.hitRatio },
  };
}

export function moreHits({ phase, than, slack = 0 }: Of<'more-hits'>, observed: Observed): ExpectationResult {
  const about = `more hits: ${phase} against ${than}`;
  const expected =
    slack === 0 ? 'a higher share of lookups' : `a higher share of lookups, or not more than ${percent(slack)} of them fewer`;
  const [own, other] = [fared(observed, phase), fared(observed, than)];
  if (own === null || other === null) return unseen(about, expected, 'the cache was asked too little');
  return {
    about,
    expected,
    measured: `${percent(own.hitRatio)} against ${percent(other.hitRatio)}`,
    holds: own.hitRatio > other.hitRatio - slack,
    details: [],
    values: { hitRatio: own.hitRatio, otherHitRatio: other.hitRatio },
  };
}

/** What an arrival costs the databases. */
export function databaseLoad({ phase, than, least, most }: Of<'database-load'>, observed: Observed): ExpectationResult {
  const about = `database CPU of an arrival: ${phase} against ${than}`;
  const expected = ratioRange({ least, most });
  const [own, other] = [steadyOf(observed, phase), steadyOf(observed, than)].map((steady) => (steady === null ? null : databaseMs(steady)));
  if (own === undefined || own === null || other === undefined || other === null || other <= 0)
    return unseen(about, expected, 'it was not measured in both');
  const ratio = own / other;
  return {
    about,
    expected,
    measured: `${own.toFixed(2)} ms against ${other.toFixed(2)} ms: ×${ratio.toFixed(2)}`,
    holds: ratio >= least && ratio <= most,
    details: [],
    values: { ms: own, otherMs: other, ratio },
  };
}

/** How much more the databases do at once when a cache is gone. */
export function databaseSpike({ phase, than, least }: Of<'database-spike'>, observed: Observed): ExpectationResult {
  const about = `database load at once: ${phase} against ${than}`;
  const expected = `at least ×${least}`;
  const before = steadyOf(observed, than);
  const atOnce = observed.phases.find((one) => one.name === phase)?.atOnce ?? null;
  if (before === null || atOnce === null) return unseen(about, expected, 'it was not measured in both');
  const cores = databasesOf(before).reduce((sum, host) => sum + host.cores, 0);
  if (cores <= 0) return unseen(about, expected, 'the databases did nothing before');
  const ratio = atOnce.databaseCores / cores;
  const milli = (value: number): string => `${Math.round(value * 1000)} ms`;
  return {
    about,
    expected,
    measured: `${milli(atOnce.databaseCores)} of CPU a second against ${milli(cores)}: ×${ratio.toFixed(1)} for ${((atOnce.endMs - atOnce.startMs) / 1000).toFixed(0)} s`,
    holds: ratio >= least,
    details: [],
    values: { cores: atOnce.databaseCores, otherCores: cores, ratio },
  };
}

export function staleReads({ phase, least, most }: Of<'stale-reads'>, observed: Observed): ExpectationResult {
  const about = `answers without what their reader had just written: ${phase}`;
  const expected = most === null ? `at least ${count(least)}` : most === 0 ? 'none' : `${count(least)} to ${count(most)}`;
  const steady = steadyOf(observed, phase);
  if (steady?.stale === undefined) return unseen(about, expected, 'nothing was measured in it');
  return {
    about,
    expected,
    measured: `${count(steady.stale)} of ${count(steady.requests)} answers`,
    holds: steady.stale >= least && (most === null || steady.stale <= most),
    details: [],
    values: { stale: steady.stale, requests: steady.requests, share: staleShare(steady) },
  };
}

export function moreStale({ phase, than }: Of<'more-stale'>, observed: Observed): ExpectationResult {
  const about = `more stale answers: ${phase} against ${than}`;
  const expected = 'a higher share';
  const [own, other] = [staleShare(steadyOf(observed, phase)), staleShare(steadyOf(observed, than))];
  if (own === null || other === null) return unseen(about, expected, 'it was not measured in both');
  return {
    about,
    expected,
    measured: `${percent(own)} against ${percent(other)} of all answers`,
    holds: own > other,
    details: [],
    values: { share: own, otherShare: other },
  };
}

/** The same signs that make a verdict name the cache, but for a full database: an experiment may stay below that. */
export function cacheAtFault({ phase, when }: Of<'cache-at-fault'>, observed: Observed): ExpectationResult {
  const about = `it is the cache that loads the databases: ${phase}${when === 'at-once' ? ', at once' : ''}`;
  const expected = `${percent(LOAD_SHARE)} of database time, ${percent(AGAIN_SHARE)} of lookups, for what it had had`;
  const seen = observed.phases.find((one) => one.name === phase);
  const cache = (when === 'at-once' ? seen?.atOnce?.cache : seen?.steady?.cache) ?? null;
  if (cache === null) return unseen(about, expected, 'the cache was not asked');
  return {
    about,
    expected,
    measured: `${percent(cache.loadShare)} of database time, ${percent(cache.againShare)} of lookups; ${percent(cache.hitRatio)} hits`,
    holds: cache.loadShare >= LOAD_SHARE && cache.againShare >= AGAIN_SHARE,
    details: [],
    values: { loadShare: cache.loadShare, againShare: cache.againShare, hitRatio: cache.hitRatio },
  };
}

const SHOWN: readonly Expectation['kind'][] = [
  'hit-ratio',
  'more-hits',
  'database-load',
  'database-spike',
  'stale-reads',
  'more-stale',
  'cache-at-fault',
];

/** How the cache fared phase by phase, and what that meant for databases and readers. */
export function cacheTable(experiment: Experiment, observed: Observed): ExperimentOutcome['table'] {
  if (!experiment.expectations.some((one) => SHOWN.includes(one.kind))) return null;
  return {
    head: ['', 'hits', 'missed again', 'db ms/arrival', 'stale', 'p95 ms'],
    rows: observed.phases.map(({ name, steady }) => {
      const cache = fared(observed, name);
      const [ms, stale] = [steady === null ? null : databaseMs(steady), staleShare(steady)];
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

function fared(observed: Observed, phase: string): Fared | null {
  const cache = steadyOf(observed, phase)?.cache ?? null;
  return cache === null || cache.lookups < LEAST_LOOKUPS ? null : cache;
}

function databasesOf({ hosts }: Steady): ObservedHost[] {
  return hosts.filter((host) => 'postgres' in host.byComponent);
}

/** ms of CPU on all database hosts. */
function databaseMs(steady: Steady): number | null {
  const hosts = databasesOf(steady);
  return hosts.length === 0 || steady.achieved <= 0 ? null : (1000 * hosts.reduce((sum, host) => sum + host.cores, 0)) / steady.achieved;
}

function staleShare(steady: Steady | null): number | null {
  return steady?.stale === undefined || steady.requests === 0 ? null : steady.stale / steady.requests;
}
