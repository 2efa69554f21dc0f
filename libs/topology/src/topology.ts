/** What runs where: a topology is plain data, made by `evolve` from the one before. */

/** A server program the lab can put on a host: the name of its folder in libs/components, which declares it. */
export type ComponentKind = string;

/** Where hosts stand and users live. */
export interface Place {
  /** Lower-case word, unique in the topology. */
  readonly name: string;
  readonly kind: 'data centre' | 'edge location';
  /** Share of the users that live here, 0–1; those of all places are 1 together. */
  readonly users: number;
}

/** Round trip between two places, ms. */
export interface Distance {
  readonly between: readonly [string, string];
  readonly ms: number;
}

/** Hosts of one role, all of one size. */
export interface Tier {
  /** Lower-case word, unique in the topology; hosts are `<name>-1`, `<name>-2`, … */
  readonly name: string;
  readonly count: number;
  /** CPU budget of one host, in lab CPUs (1 lab CPU is a fixed share of a physical core). */
  readonly cpu: number;
  readonly memoryMiB: number;
  readonly components: readonly ComponentKind[];
  /** Of the components on these hosts. */
  readonly settings: TierSettings;
  /** Whether clients may connect to these hosts (they have a public address too). */
  readonly public: boolean;
  /** Places its hosts stand in, in turn; the first of the topology unless told. */
  readonly places?: readonly string[];
  /**
   * Emulated network distance from those who ask this tier instead of that of the places: ms added to every round trip. Where some
   * of them are in another place than a host, it is from those only (`distanceTo`).
   */
  readonly distanceMs?: number;
}

/** Settings by the component they are of, and by their key; what a component takes, it declares (libs/components). */
export type TierSettings = Readonly<Record<string, Readonly<Record<string, SettingValue>>>>;
export type SettingValue = number | string;

/** Who talks to whom, and as what. `clients` is the outside. */
export interface Link {
  readonly from: string;
  readonly to: string;
  /** `http`, `sql`, `cache`, `sessions`, `queue`, …; `wal` goes from a tier of replicas to the database they follow. */
  readonly role: string;
}

/** What a name server answers by. */
export type DnsPolicy = {
  /** For how long an answer may be kept, s. */
  readonly ttlS: number;
} & (
  | {
      /** Hosts of the asker's place, or of the nearest that has some. */
      readonly kind: 'nearest';
      /** Whether hosts that fail their health check are left out. */
      readonly checked: boolean;
    }
  | {
      /** Hosts of one place, drawn by weight at each answer; a place without a weight is never drawn. */
      readonly kind: 'weighted';
      readonly checked: boolean;
      readonly weights: Readonly<Record<string, number>>;
    }
  | {
      /** Healthy hosts of the first place that has any. */
      readonly kind: 'failover';
      readonly order: readonly string[];
    }
);

/** A name that clients know. */
export interface PublicName {
  readonly name: string;
  /** Public tiers whose hosts it stands for. */
  readonly tiers: readonly string[];
  readonly policy: DnsPolicy;
}

export interface Topology {
  /** Number of the stage, from 1. */
  readonly stage: number;
  readonly slug: string;
  readonly title: string;
  /** In data-flow order: what a request reaches first stands first. */
  readonly tiers: readonly Tier[];
  readonly links: readonly Link[];
  /** Tiers that keep a group of databases although no link of role `sql` or `wal` leads to them: who asks them runs on the same hosts. */
  readonly groups?: readonly string[];
  /** The first has every host whose tier does not say otherwise; one place with all users unless told. */
  readonly places?: readonly Place[];
  /** Of every pair of places. */
  readonly distances?: readonly Distance[];
  /** Names beside the site's own, or how that is answered (names.ts). */
  readonly names?: readonly PublicName[];
}

/** One host of a topology before it has an address. */
export interface Host {
  /** `<tier>-<ordinal>`, for example `web-2`. */
  readonly name: string;
  readonly tier: string;
  /** From 1; never reused while an instance lives. */
  readonly ordinal: number;
}
