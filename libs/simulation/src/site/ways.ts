import { distanceTo, placesOf, siteHost, type PlacedHost, type Placement } from '@loadstair/topology';

/** Round trips between places and hosts of a simulated site, ms. They stay as they are, but for a database that moves away. */
export class Ways {
  readonly #toSite: ReadonlyMap<string, number>;
  readonly #toDatabase: ReadonlyMap<string, number>;
  /** From the balancer to the web servers. */
  readonly toWebMs: number;
  #creep: { readonly msPerS: number; readonly fromMs: number; readonly toMs: number } | null = null;

  constructor(
    placement: Placement,
    hosts: { readonly web: PlacedHost; readonly balancer: PlacedHost | null; readonly databases: readonly PlacedHost[] },
  ) {
    const { topology } = placement;
    const { web, balancer, databases } = hosts;
    const site = siteHost(placement);
    this.#toSite = new Map(placesOf(topology).map(({ name }) => [name, site === null ? 0 : distanceTo(topology, name, site)]));
    this.#toDatabase = new Map(databases.map((host) => [host.name, distanceTo(topology, web.place, host)]));
    this.toWebMs = balancer === null ? 0 : distanceTo(topology, balancer.place, web);
  }

  /** From a place to the site. */
  toSiteMs(place: string): number {
    return this.#toSite.get(place) ?? 0;
  }

  /** From the web servers to a database host, at a moment. */
  toDatabaseMs(host: string, nowMs: number): number {
    const creep = this.#creep;
    const moved = creep === null || nowMs > creep.toMs ? 0 : (creep.msPerS * (nowMs - creep.fromMs)) / 1000;
    return (this.#toDatabase.get(host) ?? 0) + moved;
  }

  /** Databases move away by so many ms a second, and are back when the time is over. */
  creep(msPerS: number, fromMs: number, lastMs: number): void {
    this.#creep = { msPerS, fromMs, toMs: fromMs + lastMs };
  }
}
