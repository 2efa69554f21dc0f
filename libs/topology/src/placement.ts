import type { ComponentKind, Host, Tier, Topology } from './topology.ts';

/**
 * Addresses of one instance of the lab, all inside 127.I.0.0/16 (I = instance number, 1–120):
 *   127.I.0.N    private address of host N (N is used again only after all others were)
 *   127.I.10.N   the same host as its clients reach it when the tier has a distance (a proxy listens there)
 *   127.I.100.N  public address of host N, when its tier is public
 *   127.I.200.*  clients (k6, the probe)
 *   127.I.254.1  the lab itself: DNS, OTLP, Prometheus
 */
export interface PlacedHost extends Host {
  readonly tierSpec: Tier;
  readonly address: string;
  readonly publicAddress: string | null;
  /** Where this host's clients connect: `address`, or the proxy in front of it when the tier has a distance. */
  readonly reachedAt: string;
  /** Absolute path; configuration, data, logs and sockets of the host live here. */
  readonly folder: string;
}

export interface Placement {
  readonly instance: number;
  readonly topology: Topology;
  readonly hosts: readonly PlacedHost[];
  /** By group of databases: the name of the host that takes writes, once another than the first was promoted. */
  readonly primaries: Readonly<Record<string, string>>;
  /** Name of the site, answered by the lab's DNS. */
  readonly siteName: string;
  readonly labAddress: string;
  /** First three bytes of the client addresses, for example `127.7.200`. */
  readonly clientPrefix: string;
}

/** Port of labd on 127.0.0.1: 4600 for the first instance, one more for each after it. */
export function labdPort(instance: number): number {
  return 4599 + instance;
}

/** Ports are the usual ones; hosts differ by address. */
export const PORTS = {
  http: 8080,
  siteMetrics: 9464,
  haproxyMetrics: 8405,
  postgres: 5432,
  redis: 6379,
  dns: 53,
  otlp: 4318,
  prometheus: 9090,
  /** What the lab itself serves to Prometheus. */
  labMetrics: 9400,
  /** Where toxiproxy is told of the hosts it stands before. */
  distance: 8474,
} as const;

export function hostsWith(placement: Placement, kind: ComponentKind): PlacedHost[] {
  return placement.hosts.filter((host) => host.tierSpec.components.includes(kind));
}
