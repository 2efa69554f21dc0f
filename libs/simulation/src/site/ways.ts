import { distanceTo, placesOf, type Placement } from '@loadstair/topology';

/** Round trips between places and hosts of a simulated site, ms. They stay as they are, but for databases that move away. */
export class Ways {
  /** By place, then by host. */
  readonly #ms: ReadonlyMap<string, ReadonlyMap<string, number>>;
  #creep: { readonly msPerS: number; readonly fromMs: number; readonly toMs: number } | null = null;

  constructor({ topology, hosts }: Placement) {
    this.#ms = new Map(
      placesOf(topology).map(({ name }) => [name, new Map(hosts.map((host) => [host.name, distanceTo(topology, name, host)]))]),
    );
  }

  fromTo(place: string, host: string): number {
    return this.#ms.get(place)?.get(host) ?? 0;
  }

  /** From a place to a database host, at a moment. */
  toDatabase(place: string, host: string, nowMs: number): number {
    const creep = this.#creep;
    const moved = creep === null || nowMs > creep.toMs ? 0 : (creep.msPerS * (nowMs - creep.fromMs)) / 1000;
    return this.fromTo(place, host) + moved;
  }

  /** Databases move away by so many ms a second, and are back when the time is over. */
  creep(msPerS: number, fromMs: number, lastMs: number): void {
    this.#creep = { msPerS, fromMs, toMs: fromMs + lastMs };
  }
}
