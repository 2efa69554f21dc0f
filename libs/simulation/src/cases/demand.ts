import { profileByName } from '@loadstair/load';
import type { SiteModel } from '../site/model.ts';
import { perArrival, type PerArrival } from '../site/requests.ts';

/** What an arrival takes of a busy site, by arithmetic on the model; places limits and steps, and is the truth of a load. */
export interface ArrivalDemand extends PerArrival {
  /** CPU ms per arrival of all web servers, of the database, of the balancer. */
  readonly webCpuMs: number;
  readonly dbCpuMs: number;
  /** The same where replicas answer the reads: of the primary, and of all replicas, each of which replays every commit. */
  readonly primaryCpuMs: number;
  readonly replicasCpuMs: number;
  readonly lbCpuMs: number;
  /** Collections' part of `webCpuMs`. */
  readonly gcMs: number;
}

/** Small callbacks of a query and of giving a connection back (site.ts), ms. */
const PER_QUERY_MS = 0.03;
const PER_ACQUISITION_MS = 0.01;
/** Replicas of a simulated stage 4. */
export const REPLICAS = 2;
/** Share of wake-ups that remain when a host is full: it wakes once a period, and finds a batch. */
const WAKES_LEFT = 0.12;

/**
 * @param balanced whether a balancer takes the connections
 * @param wakesLeft share of wake-ups that are paid for
 */
export function arrivalDemand(profile: string, balanced: boolean, model: SiteModel, wakesLeft = WAKES_LEFT): ArrivalDemand {
  const mix = perArrival(profileByName(profile).journeys);
  const { collection } = model;
  const gcMs =
    mix.requests * (collection.youngMs / collection.youngEvery + (collection.fullMs + collection.helpersMs) / collection.fullEvery);
  const callbacks = mix.queries * PER_QUERY_MS + mix.acquisitions * PER_ACQUISITION_MS;
  const wakes = mix.requests + mix.queries;
  return {
    ...mix,
    gcMs,
    webCpuMs: mix.webMs * model.webCost + (balanced ? 0 : model.connectMs) + callbacks + gcMs + wakesLeft * wakes * model.webWakeMs,
    dbCpuMs: mix.dbMs * model.dbCost + wakesLeft * mix.queries * model.dbWakeMs + 0.001 * model.lumps.cpuMs,
    primaryCpuMs: mix.primaryMs * model.dbCost + wakesLeft * mix.primaryQueries * model.dbWakeMs + 0.001 * model.lumps.cpuMs,
    replicasCpuMs:
      (mix.dbMs - mix.primaryMs) * model.dbCost +
      wakesLeft * (mix.queries - mix.primaryQueries) * model.dbWakeMs +
      REPLICAS * mix.writes * model.replayMs,
    lbCpuMs: model.connectMs + mix.requests * (model.lbMs + wakesLeft * 2 * model.lbWakeMs),
  };
}
