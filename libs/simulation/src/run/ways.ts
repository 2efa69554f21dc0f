import { distanceTo, placesOf, type Placement } from '@loadstair/topology';

/** Round trips between places and hosts of a simulated site, ms. They stay as they are, but for those who move away. */
export class Ways {
  /** By place, then by host. */
  readonly #ms: ReadonlyMap<string, ReadonlyMap<string, number>>;
  #creep: { readonly role: string; readonly msPerS: number; readonly fromMs: number; readonly toMs: number } | null = null;

  constructor({ topology, hosts }: Placement) {
    this.#ms = new Map(
      placesOf(topology).map(({ name }) => [name, new Map(hosts.map((host) => [host.name, distanceTo(topology, name, host)]))]),
    );
  }

  /** From a place to a host, for one who asks it in a role, at a moment. */
  fromTo(place: string, host: string, role: string, nowMs: number): number {
    const creep = this.#creep;
    const moved = creep === null || creep.role !== role || nowMs > creep.toMs ? 0 : (creep.msPerS * (nowMs - creep.fromMs)) / 1000;
    return (this.#ms.get(place)?.get(host) ?? 0) + moved;
  }

  /** Those who are asked in a role move away by so many ms a second, and are back when the time is over. */
  creep(role: string, msPerS: number, fromMs: number, lastMs: number): void {
    this.#creep = { role, msPerS, fromMs, toMs: fromMs + lastMs };
  }
}
