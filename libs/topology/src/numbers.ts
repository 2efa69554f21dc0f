/** The last byte of an address: .0 is the network's and .255 its broadcast address. */
export const MAX_NUMBER = 254;

/** More hosts at once than an instance has addresses for. */
export class NoNumberLeft extends Error {
  readonly what = 'There is no address left for another host.';
  readonly why = `an instance has ${MAX_NUMBER} addresses, and each belongs to a host that is still there`;
  readonly do = 'remove hosts first: ./lab scale <tier> 1';
  readonly code = 'E_NO_ADDRESS';
  readonly exit = 2;
  constructor() {
    super('There is no address left for another host.');
    this.name = 'NoNumberLeft';
  }
}

/**
 * The number of the next host. Counts up and begins again at 1, so that an address is used again as late as can be: others may
 * still have connections to it.
 *
 * @param used numbers of hosts that are there, living or dead
 * @param last what was given last; 0 at the start
 * @throws NoNumberLeft
 */
export function nextNumber(used: ReadonlySet<number>, last: number): number {
  for (let step = 0; step < MAX_NUMBER; step += 1) {
    const number = ((last + step) % MAX_NUMBER) + 1;
    if (!used.has(number)) return number;
  }
  throw new NoNumberLeft();
}
