import { Problem } from '@loadstair/kit';
/** The last byte of an address: .0 is the network's and .255 its broadcast address. */
export const MAX_NUMBER = 254;

/**
 * A number that was given back is not given again for so long: others may still have connections to its address, which the kernel
 * keeps for 60 s after they were closed (TIME_WAIT, tcp(7)).
 */
export const QUARANTINE_MS = 60_000;

/** More hosts at once than an instance has addresses for. */
export class NoNumberLeft extends Problem {
  /** @param freeInMs when a number that was given back can be used again; null when all belong to hosts */
  constructor(freeInMs: number | null = null) {
    const seconds = freeInMs === null ? null : Math.ceil(freeInMs / 1000);
    super({
      what: 'There is no address left for another host.',
      why: `an instance has ${MAX_NUMBER} addresses, and each belongs to a host${seconds === null ? '' : ' or to one that was removed a moment ago'}`,
      do: seconds === null ? 'remove hosts first: ./lab scale <tier> 1' : `try again in ${seconds} s`,
      code: 'E_NO_ADDRESS',
      exit: 2,
    });
  }
}

/**
 * Gives hosts of an instance their numbers. It counts up and begins again at 1, so that an address is used again as late as can be,
 * and not before its quarantine has ended.
 */
export class HostNumbers {
  readonly #used = new Set<number>();
  /** When each number that was given back can be used again, epoch ms. */
  readonly #freeAt = new Map<number, number>();
  readonly #now: () => number;
  #last = 0;

  /** @param taken numbers that hosts have already */
  constructor(taken: readonly number[] = [], now: () => number = Date.now) {
    this.#now = now;
    for (const number of taken) this.#used.add(number);
    this.#last = Math.max(0, ...taken);
  }

  /** @throws NoNumberLeft */
  take(): number {
    const now = this.#now();
    let freeInMs: number | null = null;
    for (let step = 0; step < MAX_NUMBER; step += 1) {
      const number = ((this.#last + step) % MAX_NUMBER) + 1;
      if (this.#used.has(number)) continue;
      const waitMs = (this.#freeAt.get(number) ?? now) - now;
      if (waitMs <= 0) {
        this.#used.add(number);
        this.#freeAt.delete(number);
        this.#last = number;
        return number;
      }
      freeInMs = Math.min(freeInMs ?? waitMs, waitMs);
    }
    throw new NoNumberLeft(freeInMs);
  }

  /** Idempotent. */
  giveBack(number: number): void {
    if (this.#used.delete(number)) this.#freeAt.set(number, this.#now() + QUARANTINE_MS);
  }
}
