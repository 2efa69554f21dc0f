import { describe, expect, it } from '@jest/globals';
import { capacityOf, repeatability } from './capacity.ts';
import { openSide, trialProblems } from './capacity-trials.ts';
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

  it('pools trials, and lies where 5 % are crossed', () => {
    const capacity = capacityOf(searched(trial(82, 0), trial(88, 12), trial(94, 60), trial(97, 120)));
    // 2 % over at 88 and 10 % at 94: 5 % lies between.
    expect(capacity?.load).toBeGreaterThan(88);
    expect(capacity?.load).toBeLessThan(94);
    const [low, high] = capacity?.interval ?? [0, 0];
    expect(low).toBeGreaterThan(78);
    expect(high).toBeLessThan(106);
    expect(capacity?.trials.every((one) => one.problems.length === 0)).toBe(true);
  });

  it('pools what contradicts itself instead of believing the first, and is less sure', () => {
    // 90 failed and 95 held: the p95 of one run is not monotone in load.
    const contradicting = capacityOf(searched(trial(80, 0), trial(85, 3), trial(90, 45), trial(95, 9), trial(99, 90)));
    const agreeing = capacityOf(searched(trial(80, 0), trial(85, 3), trial(90, 15), trial(95, 60), trial(99, 90)));
    expect(contradicting?.load).toBeGreaterThan(88);
    expect(contradicting?.load).toBeLessThan(99);
    const width = ([low, high]: readonly [number, number] = [1, 1]): number => Math.log(high / low);
    expect(width(contradicting?.interval)).toBeGreaterThan(width(agreeing?.interval));
  });

  it('leaves out a trial that the gate would refuse, and says why', () => {
    const trials = [trial(82, 0), trial(88, 12), trial(94, 60), trial(97, 120)];
    const busy = trial(84, 300, { idle: 0.05, outside: 0.8 });
    const capacity = capacityOf(searched(...trials, busy));
    expect(capacity?.load).toBe(capacityOf(searched(...trials))?.load);
    expect(capacity?.trials.find((one) => one.offered === 84)?.problems).toContain('PHYS_CPU');
  });

  it('is less sure while few runs tell how fast the machine usually is', () => {
    const run = searched(trial(82, 0), trial(88, 12), trial(94, 60), trial(97, 120));
    const width = (runs: number): number => {
      const [low, high] = capacityOf(run, { ms: 2, runs, spread: 0.05 })?.interval ?? [1, 1];
      return Math.log(high / low);
    };
    expect(width(1)).toBeGreaterThan(width(13));
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
    expect(usualCost([at(search, 1), at(short, 0.5)])).toEqual({ ms: expect.closeTo(2 * Math.SQRT2, 9), runs: 2, spread: null });
    // Four runs tell how far they lie apart: the standard deviation of ln 2 · (0, 1, 0, 1) is ln 2 · √(1/3).
    const four = usualCost([at(search, 1), at(search, 0.5), at(short, 1), at(short, 0.5)]);
    expect(four?.spread).toBeCloseTo(Math.LN2 * Math.sqrt(1 / 3), 9);
    expect(usualCost([search])).toBeNull();
  });

  it('brings a slow spell in the middle of a search back in line', () => {
    // The trial at 88 failed because the machine was at two thirds of its speed: what it offered was as hard as 132. A step that lies
    // apart from its search is the machine's doing by half.
    const steady = at(searched(trial(82, 0), trial(94, 60), trial(97, 120)), 1);
    const slow = at(searched(trial(88, 300)), 2 / 3).steps.at(-1) as StepData;
    const run: RunData = { ...steady, steps: [...steady.steps, { ...slow, offered: 88 }] };
    const usual = usualCost([steady]);
    const [capacity, undisturbed] = [capacityOf(run, usual), capacityOf(steady, usual)];
    expect(capacity?.trials.find(({ offered }) => offered === 88)?.load).toBeGreaterThan(105);
    const away = (load = 0): number => Math.abs(Math.log(load / (undisturbed?.load ?? 1)));
    expect(away(capacity?.load)).toBeLessThan(0.8 * away(capacityOf(run, null)?.load));
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
    expect(capacityOf(found)?.load).toBeGreaterThan(60);
    expect(capacityOf(found)?.load).toBeLessThan(82);
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
    expect(repeatability([95]).cvInterval).toBeNull();
  });

  it('gives the interval of a normal sample’s spread', () => {
    // SciPy: sqrt(9 / chi2.ppf([.975, .025], 9)) = [0.6878, 1.8256].
    const loads = [95, 100, 105, 98, 102, 96, 101, 104, 99, 100];
    const { cv, cvInterval } = repeatability(loads);
    expect((cvInterval?.[0] ?? 0) / (cv ?? 1)).toBeCloseTo(0.6878, 2);
    expect((cvInterval?.[1] ?? 0) / (cv ?? 1)).toBeCloseTo(1.8256, 1);
  });
});
