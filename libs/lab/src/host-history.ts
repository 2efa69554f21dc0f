import type { PlacedSince, Placements } from '@loadstair/measure';
import type { HostEvent } from '@loadstair/runtime';
import type { Placement } from '@loadstair/topology';

/** Which hosts a site had when: a tier's capacity is a value per step, since hosts come and go. */
export interface HostHistory {
  /** @param placement as the site has it when the event comes; null while it starts */
  onEvent(event: HostEvent, placement: Placement | null): void;
  /** All hosts are up from now on. */
  started(placement: Placement, atMs: number): void;
  /** The hosts at a moment, epoch ms, and how they changed after it. */
  since(startMs: number): Placements;
}

const COMES: readonly HostEvent['kind'][] = ['up', 'replaced'];
const GOES: readonly HostEvent['kind'][] = ['died', 'killed', 'stopped'];

export function createHostHistory(): HostHistory {
  const up = new Set<string>();
  const known: PlacedSince[] = [];
  return {
    onEvent({ kind, host, atMs }, placement) {
      if (COMES.includes(kind)) up.add(host);
      else if (!GOES.includes(kind) || !up.delete(host)) return;
      // A host that boots, or that has ended, may still stand in the placement.
      if (placement !== null && known.length > 0)
        known.push({ sinceMs: atMs, placement: { ...placement, hosts: placement.hosts.filter(({ name }) => up.has(name)) } });
    },
    started(placement, atMs) {
      for (const { name } of placement.hosts) up.add(name);
      known.push({ sinceMs: atMs, placement });
    },
    since(startMs) {
      const index = Math.max(
        0,
        known.findLastIndex(({ sinceMs }) => sinceMs <= startMs),
      );
      const first = known[index];
      if (first === undefined) throw new Error('the site has not been started');
      return { first: first.placement, changes: known.slice(index + 1) };
    },
  };
}
