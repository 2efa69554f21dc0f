import { Chance } from './chance.ts';

const TICK_MS = 1000;
/** Pull towards the ordinary per tick, and noise: a standard deviation of some 4 % that lasts about ten seconds. */
const PULL = 0.1;
const NOISE = 0.018;

/**
 * Speed of the machine over time: calibration.md (Q3, Q8) saw demand drift by 15–30 % between steps with neither steal nor a
 * long spin loop showing it. Mostly a slow wander; now and then a slow spell.
 */
export class Weather {
  readonly #speeds: number[] = [];
  readonly #chance: Chance;
  readonly #spells: { readonly everyS: number; readonly depth: number; readonly lastS: number };
  #level = 0;
  #spellLeft = 0;

  constructor(seed: number, spells = { everyS: 90, depth: 0.12, lastS: 10 }) {
    this.#chance = new Chance(seed);
    this.#spells = spells;
  }

  at(ms: number): number {
    const tick = Math.max(0, Math.floor(ms / TICK_MS));
    while (this.#speeds.length <= tick) this.#speeds.push(this.#next());
    return this.#speeds[tick] as number;
  }

  #next(): number {
    this.#level += -PULL * this.#level + NOISE * this.#chance.normal();
    if (this.#spellLeft > 0) this.#spellLeft -= 1;
    else if (this.#chance.share() < 1 / this.#spells.everyS)
      this.#spellLeft = this.#chance.whole(this.#spells.lastS / 2, this.#spells.lastS * 1.5);
    return Math.exp(this.#level) * (this.#spellLeft > 0 ? 1 - this.#spells.depth : 1);
  }
}
