import { random } from '@loadstair/kit';

/** Seeded chance: equal seeds give equal runs. */
export class Chance {
  readonly #next: () => number;
  #spare: number | null = null;

  constructor(seed: number) {
    this.#next = random(seed);
  }

  /** Uniform in [0, 1). */
  share(): number {
    return this.#next();
  }

  between(low: number, high: number): number {
    return low + (high - low) * this.#next();
  }

  whole(low: number, high: number): number {
    return low + Math.floor(this.#next() * (high - low + 1));
  }

  of<One>(list: readonly One[]): One {
    return list[Math.floor(this.#next() * list.length)] as One;
  }

  /** Standard normal, by Marsaglia's polar method. */
  normal(): number {
    if (this.#spare !== null) {
      const spare = this.#spare;
      this.#spare = null;
      return spare;
    }
    for (;;) {
      const u = 2 * this.#next() - 1;
      const v = 2 * this.#next() - 1;
      const s = u * u + v * v;
      if (s === 0 || s >= 1) continue;
      const factor = Math.sqrt((-2 * Math.log(s)) / s);
      this.#spare = v * factor;
      return u * factor;
    }
  }

  /** Log-normal with mean 1 and this coefficient of variation. */
  spread(cv: number): number {
    const variance = Math.log(1 + cv * cv);
    return Math.exp(Math.sqrt(variance) * this.normal() - variance / 2);
  }
}
