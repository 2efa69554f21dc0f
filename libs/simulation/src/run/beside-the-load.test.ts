import { describe, expect, it } from '@jest/globals';
import { diagnose, findOnset, verdictLines } from '@loadstair/analysis';
import { Chance } from '@loadstair/simulation-engine';
import { labCpus, loadBalancer } from '@loadstair/stages/simulated';
import { runOf } from '../cases/case.ts';
import type { Disturbance } from './disturbance.ts';
import { simulate } from './simulate.ts';

const LOAD = 60;
const SEEDS = [1, 2, 3, 4];

/** A site of stage 3 whose database is full at LOAD, and whose web servers hold three times that. */
function climb(seed: number, disturbance: Disturbance): ReturnType<typeof simulate> {
  const base = loadBalancer.site(new Chance(seed), 'pages', LOAD, 3);
  const site = { ...base, cpu: { ...base.cpu, db: labCpus(base.demand, 'db', LOAD, 1) } };
  return simulate({ ...runOf(loadBalancer, site, 'beside', seed, LOAD), disturbance });
}

describe.each(SEEDS)('seed %i', (seed) => {
  it('a program that never stops on a web server is said as use in the background, and the database is named', () => {
    const run = climb(seed, { loop: { host: 'web-1' } });
    const verdict = diagnose(run);
    expect(verdict).toMatchObject({ kind: 'named', tier: 'db', resource: 'cpu', background: [{ host: 'web-1', resource: 'cpu' }] });
    expect(verdictLines(verdict, run).join('\n')).toMatch(
      /beside +web-1 CPU: (9\d|100) % used since before load began, \d+ % of that by a process outside the lab/,
    );
  });

  it('load that is not the generator’s refuses the run, by name; what only counting cannot tell does not', () => {
    expect(diagnose(climb(seed, { foreignPerS: 30 }))).toMatchObject({ kind: 'refused', codes: ['FOREIGN_LOAD'] });
    expect(diagnose(climb(seed, { foreignPerS: 0.2 })).kind).toBe('named');
  });

  it('what the generator could not send is no failure of the site, and refuses the run', () => {
    const run = climb(seed, { maxConnections: 1 });
    const verdict = diagnose(run);
    expect(verdict).toMatchObject({ kind: 'refused', codes: expect.arrayContaining(['GEN_SOCKETS']) });
    expect(run.steps[1]?.load).toMatchObject({ failed: 0, notSent: expect.any(Number) });
  });

  it('nothing of that is said where there is none', () => {
    expect(diagnose(climb(seed, {}))).not.toHaveProperty('background');
  });

  it('a generator that is starved below the load at which the site fails answers up to there', () => {
    const onset = findOnset(climb(seed, {}));
    const whole = climb(seed, {});
    const spoilt = whole.steps.filter(({ kind, offered }) => kind === 'load' && offered < (onset?.firstFail ?? 0)).at(-1);
    const run = climb(seed, { starved: { stallMs: 120, everyMs: 400, fromStep: spoilt?.index ?? 0 } });
    const verdict = diagnose(run);
    expect(verdict).toMatchObject({ kind: 'none-in-range', beyond: { codes: expect.arrayContaining(['GEN_SCHED']) } });
    if (verdict.kind !== 'none-in-range') throw new Error(verdict.kind);
    expect(verdict.highest).toBeLessThan(spoilt?.offered ?? 0);
  });
});
