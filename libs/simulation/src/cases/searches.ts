import type { RunData } from '@loadstair/analysis';
import { Chance } from '@loadstair/simulation-engine';
import { fullAt, type SimulatedStage } from '@loadstair/stages/simulated';
import { simulate } from '../run/simulate.ts';

/** The profile under which stages are compared. */
const PROFILE = 'mixed';
/** How far the warm-up's prediction lies from the truth (calibration.md, Q2: −18 to +2 %). */
const PREDICTED_WITHIN = 0.15;

/** Capacity searches of one stage, as the lab would make them one after the other: same site, other chance, other weather. */
export function* searchesOf({ topology }: SimulatedStage, seed: number, count: number, trials: number): Generator<RunData> {
  const predicted = fullAt(topology, PROFILE);
  const chance = new Chance(seed);
  for (let search = 0; search < count; search += 1) {
    yield simulate({
      name: `search-${topology.stage}`,
      topology,
      profile: PROFILE,
      model: {},
      disturbance: {},
      seed: chance.whole(1, 2_000_000),
      quick: false,
      loads: { predicted: predicted * chance.between(1 - PREDICTED_WITHIN, 1 + PREDICTED_WITHIN), search: { trials } },
    });
  }
}
