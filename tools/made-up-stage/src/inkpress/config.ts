import { addressFrom, peers, PORTS, type PlacedHost, type Placement } from '@loadstair/topology';
import { colourOf, padsOf } from './declaration.ts';

/**
 * What the program reads at its start.
 *
 * @param inUse the file in which it tells how many of its pads are in use
 */
export function inkpressConfig(host: PlacedHost, placement: Placement, inUse: string): string {
  const behind = peers(placement, host, 'http').map((peer) => `behind ${addressFrom(placement, host.place, peer)}:${PORTS.http}`);
  return [
    `listen ${host.address}:${PORTS.http}`,
    ...behind,
    `pads ${padsOf(host.tierSpec)}`,
    `colour ${colourOf(host.tierSpec)}`,
    `in-use ${inUse}`,
    '',
  ].join('\n');
}
