import { BIGGEST, MAX_MAXCONN, MAX_POOL } from './sizes.ts';
import type { Topology } from './topology.ts';

/** A resource of a tier with more of it, as a `--set`; what it really grew by, because connections come whole. */
export interface Relaxed {
  readonly set: string;
  /** After ÷ before. */
  readonly factor: number;
}

/**
 * Gives a tier `factor` times as much of a resource: CPU and memory of each host, connections of each pool, slots of the
 * balancer, processes for an event loop. Null for what cannot be given more of (a lock, a disk), or is at the catalogue's end.
 */
export function relax(topology: Topology, tierName: string, resource: string, factor: number): Relaxed | null {
  const tier = topology.tiers.find((one) => one.name === tierName);
  if (tier === undefined) return null;
  const whole = (key: string, value: number | undefined, most: number): Relaxed | null => {
    if (value === undefined) return null;
    const more = Math.ceil(value * factor);
    return more > most ? null : { set: `${tierName}.${key}=${more}`, factor: more / value };
  };
  switch (resource) {
    case 'cpu': {
      const more = Math.round(tier.cpu * factor * 1000) / 1000;
      return more > BIGGEST.cpu ? null : { set: `${tierName}.cpu=${more}`, factor: more / tier.cpu };
    }
    case 'memory':
      return whole('memory', tier.memoryMiB, BIGGEST.memoryMiB);
    case 'pool':
      return whole('pool', tier.settings.pool, MAX_POOL);
    case 'slots':
      return whole('maxconn', tier.settings.maxconn, MAX_MAXCONN);
    case 'event-loop':
      return whole('count', tier.count, tier.count + 4);
    default:
      return null;
  }
}
