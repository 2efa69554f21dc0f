import type { AddressPlan } from './address-plan.ts';
import type { Host, Tier, Topology } from './topology.ts';

export interface PlacedHost extends Host {
  readonly tierSpec: Tier;
  /** Name of the place it stands in. */
  readonly place: string;
  /** Its number in the instance, which no other host has (numbers.ts): the last byte of all its addresses. */
  readonly number: number;
  /** Private. Who asks from another place goes by `addressFrom`. */
  readonly address: string;
  readonly publicAddress: string | null;
  /** Absolute path; configuration, data, logs and sockets of the host live here. */
  readonly folder: string;
}

export interface Placement {
  readonly instance: number;
  readonly addresses: AddressPlan;
  readonly topology: Topology;
  readonly hosts: readonly PlacedHost[];
  /** By group of databases: the name of the host that takes writes, once another than the first was promoted. */
  readonly primaries: Readonly<Record<string, string>>;
  /** Name of the site, answered by the lab's DNS. */
  readonly siteName: string;
  readonly labAddress: string;
}

/** Port of labd on 127.0.0.1: 4600 for the first instance, one more for each after it. */
export function labdPort(instance: number): number {
  return 4599 + instance;
}

/** Ports are the usual ones; hosts differ by address. */
export const PORTS = {
  http: 8080,
  dns: 53,
  otlp: 4318,
  prometheus: 9090,
  /** What the lab itself serves to Prometheus. */
  labMetrics: 9400,
  /** Where toxiproxy is told of the hosts it stands before. */
  distance: 8474,
} as const;
