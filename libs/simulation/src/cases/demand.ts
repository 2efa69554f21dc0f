import { profileByName } from '@loadstair/load';
import type { SiteModel } from '../site/model.ts';
import { perArrival } from '../site/requests.ts';

/** What an arrival takes of a busy site, by arithmetic on the model; places limits and steps, and is the truth of a load. */
export interface ArrivalDemand {
  /** Of one arrival, as far as they come to the web servers and databases: edges and caches answer the others. */
  readonly requests: number;
  readonly queries: number;
  readonly acquisitions: number;
  readonly dbMs: number;
  readonly writes: number;
  /** CPU ms per arrival of all web servers, of the database, of the balancer. */
  readonly webCpuMs: number;
  readonly dbCpuMs: number;
  /** The same where replicas answer the reads: of the primary, and of all replicas, each of which replays every commit. */
  readonly primaryCpuMs: number;
  readonly replicasCpuMs: number;
  readonly lbCpuMs: number;
  /** Of all cache servers and of all edges, where there are any. */
  readonly cacheCpuMs: number;
  readonly edgesCpuMs: number;
  /** Collections' part of `webCpuMs`. */
  readonly gcMs: number;
}

/** What stands between users and databases. */
export interface Served {
  readonly stage: number;
  /** Share of the reads that no cache answers. */
  readonly missed: number;
  /** Share of the files that no edge sends, where there are edges. */
  readonly unsent: number;
}

/** Small callbacks of a query, of giving a connection back and of a lookup (site.ts), ms. */
const PER_QUERY_MS = 0.03;
const PER_ACQUISITION_MS = 0.01;
const PER_LOOKUP_MS = 0.04;
/** Replicas of a simulated site. */
export const REPLICAS = 2;
/** Share of wake-ups that remain when a host is full: it wakes once a period, and finds a batch. */
const WAKES_LEFT = 0.12;
/** Of a host that is not full: it wakes up for nearly every request, so that what it needs is more than when it is. */
export const CALM_WAKES = 0.8;

/** @param wakesLeft share of wake-ups that are paid for */
export function arrivalDemand(profile: string, { stage, missed, unsent }: Served, model: SiteModel, wakesLeft = WAKES_LEFT): ArrivalDemand {
  const mix = perArrival(profileByName(profile).journeys);
  const { collection } = model;
  const [balanced, cached] = [stage >= 3, stage >= 5];
  const sent = stage >= 6 ? 1 - unsent : 0;
  const asked = cached ? missed : 1;
  const lookups = cached ? mix.reads : 0;
  const requests = mix.requests - sent * mix.files;
  const readMs = asked * (mix.dbMs - mix.primaryMs);
  const readQueries = asked * (mix.queries - mix.primaryQueries);
  const queries = mix.primaryQueries + readQueries;
  const acquisitions = mix.acquisitions - mix.reads + asked * mix.reads;
  const gcMs = requests * (collection.youngMs / collection.youngEvery + (collection.fullMs + collection.helpersMs) / collection.fullEvery);
  const callbacks = queries * PER_QUERY_MS + acquisitions * PER_ACQUISITION_MS + lookups * PER_LOOKUP_MS;
  const wakes = requests + queries + lookups;
  const lumpsMs = 0.001 * model.lumps.cpuMs;
  return {
    requests,
    queries,
    acquisitions,
    dbMs: mix.primaryMs + readMs,
    writes: mix.writes,
    gcMs,
    webCpuMs:
      (mix.webMs - sent * mix.fileMs) * model.webCost +
      (balanced ? 0 : model.connectMs) +
      callbacks +
      gcMs +
      wakesLeft * wakes * model.webWakeMs,
    dbCpuMs: (mix.primaryMs + readMs) * model.dbCost + wakesLeft * queries * model.dbWakeMs + lumpsMs,
    primaryCpuMs: mix.primaryMs * model.dbCost + wakesLeft * mix.primaryQueries * model.dbWakeMs + lumpsMs,
    replicasCpuMs: readMs * model.dbCost + wakesLeft * readQueries * model.dbWakeMs + REPLICAS * mix.writes * model.replayMs,
    lbCpuMs: model.connectMs + requests * (model.lbMs + wakesLeft * 2 * model.lbWakeMs),
    cacheCpuMs: lookups * (model.cacheMs + wakesLeft * model.lbWakeMs),
    edgesCpuMs: sent * mix.files * (model.edgeMs + wakesLeft * model.lbWakeMs),
  };
}
