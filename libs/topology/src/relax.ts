import { declaredOf, type Components } from './declared.ts';
import { BIGGEST } from './sizes.ts';
import type { Topology } from './topology.ts';

/** A resource of a tier with more of it, as a `--set`; what it really grew by, because connections come whole. */
export interface Relaxed {
  readonly set: string;
  /** After ÷ before. */
  readonly factor: number;
}

/** A kind of resource, and what of a host is more of it; null where only a setting of a component can be. */
export interface Relaxable {
  readonly kind: string;
  readonly more: 'cpu' | 'memory' | 'count' | null;
}

/** Hosts that a tier may get at most beside those it has. */
const MORE_HOSTS = 4;

/**
 * Gives a tier `factor` times as much of a resource: CPU and memory of each host, more hosts, or a setting that a component declares to
 * relieve it. Null for what cannot be given more of (a lock, a disk), or is at the catalogue's end.
 */
export function relax(topology: Topology, tierName: string, resource: Relaxable, factor: number, components: Components): Relaxed | null {
  const tier = topology.tiers.find((one) => one.name === tierName);
  if (tier === undefined) return null;
  const whole = (key: string, value: number, most: number): Relaxed | null => {
    const more = Math.ceil(value * factor);
    return more > most ? null : { set: `${tierName}.${key}=${more}`, factor: more / value };
  };
  switch (resource.more) {
    case 'cpu': {
      const more = Math.round(tier.cpu * factor * 1000) / 1000;
      return more > BIGGEST.cpu ? null : { set: `${tierName}.cpu=${more}`, factor: more / tier.cpu };
    }
    case 'memory':
      return whole('memory', tier.memoryMiB, BIGGEST.memoryMiB);
    case 'count':
      return whole('count', tier.count, tier.count + MORE_HOSTS);
    case null:
      break;
  }
  for (const kind of tier.components) {
    for (const [key, setting] of Object.entries(declaredOf(components, kind).settings)) {
      const value = tier.settings[kind]?.[key];
      if ('relieves' in setting && setting.relieves === resource.kind && typeof value === 'number') return whole(key, value, setting.high);
    }
  }
  return null;
}
