import { describe, expect, it } from '@jest/globals';
import { capacityOf, openSide, repeatability, trialProblems } from './capacity.ts';
import { usualCost } from './machine-speed.ts';
import type { RunData, StepData } from './run-data.ts';
import { buildRun } from './testing/run-builder.ts';

const built = buildRun({
  stage: 2,
  tiers: [
    { name: 'web', hosts: 1, cpuMs: 1, cores: 0.1, pool: { limit: 20, holdMs: 2, waitsOn: 'db' } },
    { name: 'db', hosts: 1, cpuMs: 0.4, cores: 0.1 },
  ],
  links: [['web', 'db']],
  loads: [45, 60, 78, 101, 131],
});

/** Nothing is known of the generator's CPU time, and so the machine counts as always equally fast. */
const climbed: RunData = { ...built, steps: built.steps.map((step) => ({ ...step, machine: { ...step.machine, generatorCores: 0 } })) };

/** A trial of 600 requests, so many of them over the SLO, at a load. */
function trial(offered: number, over: number, change: Partial<StepData['machine']> = {}): StepData {
  const held = climbed.steps.find((step) => step.offered === 78) as StepData;
  return {
    ...held,
    index: 10 + offered,
    kind: 'trial',
    offered,
    load: {
      ...held.load,
      requests: 600,
      failed: 0,
      latency: {
        scheme: 'log-1.02-from-0.1ms',
        counts: [
          [200, 600 - over],
          [420, over],
        ],
        count: 600,
      },
    },
    machine: { ...held.machine, ...change },
  };
}

const searched = (...trials: StepData[]): RunData => ({ ...climbed, steps: [...climbed.steps, ...trials] });

describe('capacityOf', () => {
  it('is null where nothing failed', () => {
    expect(capacityOf({ ...climbed, steps: climbed.steps.filter((step) => step.offered < 80) })).toBeNull();
  });

  it('pools trials, and lies between the highest pass and the lowest fail', () => {
    const capacity = capacityOf(searched(trial(82, 0), trial(88, 12), trial(94, 60), trial(97, 120)));
    expect(capacity?.interval).toEqual([88, 94]);
    // 2 % over at 88 and 10 % at 94: 5 % lies between, nearer to 94 in logits.
    expect(capacity?.load).toBeGreaterThan(88);
    expect(capacity?.load).toBeLessThan(94);
    expect(capacity?.trials.every((one) => one.problems.length === 0)).toBe(true);
  });

  it('pools what contradicts itself instead of believing the first', () => {
    // 90 failed and 95 held: the p95 of one run is not monotone in load.
    const capacity = capacityOf(searched(trial(80, 0), trial(85, 3), trial(90, 45), trial(95, 9), trial(99, 90)));
    expect(capacity?.interval).toEqual([85, 99]);
    expect(capacity?.load).toBeGreaterThan(90);
    expect(capacity?.load).toBeLessThan(99);
  });

  it('leaves out a trial that the gate would refuse, and says why', () => {
    const busy = trial(84, 300, { idle: 0.05, outside: 0.8 });
    const capacity = capacityOf(searched(trial(82, 0), busy, trial(88, 12), trial(94, 60), trial(97, 120)));
    expect(capacity?.interval).toEqual([88, 94]);
    expect(capacity?.trials.find((one) => one.offered === 84)?.problems).toContain('PHYS_CPU');
  });

  it('does not hold overload against a trial that failed', () => {
    const run = searched(trial(97, 200));
    const failed = run.steps.at(-1) as StepData;
    const late: StepData = { ...failed, load: { ...failed.load, lateness: { p50Ms: 40, p99Ms: 300 } } };
    expect(trialProblems(run, late)).toEqual([]);
    const held = trial(82, 0);
    expect(trialProblems(run, { ...held, load: { ...held.load, lateness: { p50Ms: 40, p99Ms: 300 } } }).map((check) => check.code)).toEqual(
      ['GEN_SCHED'],
    );
  });
});

describe('the speed of the machine', () => {
  /** Every arrival costs the generator 2 ms at 1 arrival/s; the more there are, the less (rate^−0.2). */
  const at = (run: RunData, speed: number): RunData => ({
    ...run,
    steps: run.steps.map((step) => {
      const offered = step.offered * speed;
      const seconds = (step.endMs - step.startMs) / 1000;
      const ms = (2 / speed) * offered ** -0.2;
      return { ...step, offered, machine: { ...step.machine, generatorCores: (step.load.started * ms) / 1000 / seconds } };
    }),
  });
  const search = searched(trial(82, 0), trial(88, 12), trial(94, 60), trial(97, 120));

  it('moves no capacity: a fast machine holds more, and is read at the usual speed', () => {
    const [usually, fast] = [at(search, 1), at(search, 1.25)];
    const usual = usualCost([usually]);
    expect(usual?.ms).toBeCloseTo(2, 9);
    const [load, found] = [capacityOf(usually, usual), capacityOf(fast, usual)];
    expect(found?.load).toBeCloseTo(load?.load as number, 9);
    expect(found?.trials.every((one) => Math.abs(one.speed - 1.25) < 1e-9)).toBe(true);
    // Alone it has nothing to be compared with.
    expect(capacityOf(fast)?.load).toBeCloseTo(1.25 * (load?.load as number), 9);
  });

  it('is the geometric mean of runs, whatever their number of steps', () => {
    const short: RunData = { ...search, steps: search.steps.slice(0, 3) };
    expect(usualCost([at(search, 1), at(short, 0.5)])).toEqual({ ms: expect.closeTo(2 * Math.SQRT2, 9), runs: 2 });
    expect(usualCost([search])).toBeNull();
  });

  it('brings a slow spell in the middle of a search back in line', () => {
    // The trial at 88 failed because the machine was at two thirds of its speed: what it offered was as hard as 132.
    const steady = at(searched(trial(82, 0), trial(94, 60), trial(97, 120)), 1);
    const slow = at(searched(trial(88, 300)), 2 / 3).steps.at(-1) as StepData;
    const run: RunData = { ...steady, steps: [...steady.steps, { ...slow, offered: 88 }] };
    const capacity = capacityOf(run, usualCost([steady]));
    expect(capacity?.interval).toEqual([expect.closeTo(82, 6), expect.closeTo(94, 6)]);
  });
});

describe('openSide', () => {
  it('is null once loads below and above are known', () => {
    expect(openSide(searched(trial(82, 0), trial(97, 120)))).toBeNull();
  });

  it('looks lower from the lowest that failed when nothing near it held', () => {
    const onlyFails: RunData = {
      ...climbed,
      steps: [...climbed.steps.filter((step) => step.offered >= 101 || step.kind === 'idle'), trial(82, 200), trial(94, 300)],
    };
    expect(openSide(onlyFails)).toEqual({ side: 'lower', from: 82 });
    expect(capacityOf(onlyFails)).toBeNull();
    // A trial further down brackets it, however far it lies below the rough onset.
    const found: RunData = { ...onlyFails, steps: [...onlyFails.steps, trial(60, 0)] };
    expect(openSide(found)).toBeNull();
    expect(capacityOf(found)?.interval).toEqual([60, 82]);
  });

  it('looks higher from the highest that held when everything held again', () => {
    expect(openSide(searched(trial(101, 0), trial(131, 0), trial(140, 0)))).toEqual({ side: 'higher', from: 140 });
  });

  it('is null where nothing failed at all', () => {
    expect(openSide({ ...climbed, steps: climbed.steps.filter((step) => step.offered < 80) })).toBeNull();
  });
});

describe('repeatability', () => {
  it('gives the sample coefficient of variation', () => {
    // NumPy: std([95, 100, 105, 98, 102], ddof=1) / mean.
    expect(repeatability([95, 100, 105, 98, 102]).cv).toBeCloseTo(0.03807886552931954, 12);
    expect(repeatability([95]).cv).toBeNull();
  });
});
