import { describe, expect, it } from '@jest/globals';
import { diagnose, findOnset } from '@loadstair/analysis';
import { Chance } from '@loadstair/simulation-engine';
import { labCpus, separateDatabase } from '@loadstair/stages/simulated';
import { runOf } from '../cases/case.ts';
import { simulate } from './simulate.ts';

/** Load at which the database is full, arrivals/s. */
const LOAD = 20;

/** A quick run of a site whose warm-up predicted so many times what its database holds. */
function quick(seed: number, times: number): ReturnType<typeof simulate> {
  const base = separateDatabase.site(new Chance(seed), 'pages', LOAD, 3);
  const site = { ...base, cpu: { ...base.cpu, db: labCpus(base.demand, 'db', LOAD, 1) } };
  return simulate({ ...runOf(separateDatabase, site, 'too-high', seed, times * LOAD), quick: true });
}

describe.each([1, 2, 3, 4])('seed %i', (seed) => {
  it.each([1.8, 2.2, 2.6, 3, 4])('a climb that begins at half of %d times what the site holds goes down until a step holds', (times) => {
    const run = quick(seed, times);
    expect(findOnset(run)?.lastPass).toBeGreaterThan(0);
    expect(diagnose(run)).toMatchObject({ kind: 'named', tier: 'db', resource: 'cpu' });
  });
});
