import { describe, expect, it } from '@jest/globals';
import { random } from '@loadstair/kit';
import { compareArms, confidenceOf, estimateArm, falsePositives, LEAST_RUNS, pooledSpread } from './comparison.ts';
import { studentT } from './student-t.ts';

describe('studentT', () => {
  // SciPy 1.17: scipy.stats.t.ppf(p, freedom).
  it.each([
    [0.975, 1, 12.706204736174694],
    [0.975, 2, 4.302652729749462],
    [0.975, 3.7, 2.8675207071911895],
    [0.95, 4, 2.1318467863266495],
    [0.95, 30, 1.697260886593957],
    [0.975, 1000, 1.9623390808264083],
  ])('of %d at %d degrees of freedom', (probability, freedom, golden) => {
    expect(studentT(probability, freedom)).toBeCloseTo(golden, 9);
  });
});

describe('estimateArm', () => {
  it('is the geometric mean with the interval of the mean log', () => {
    // SciPy: a = log([97.1, 101.3, 99.0]); exp(mean), exp(stats.t.interval(.95, 2, mean, sem)).
    const { load, interval, n } = estimateArm([97.1, 101.3, 99]);
    expect(n).toBe(3);
    expect(load).toBeCloseTo(99.11847768456613, 9);
    expect(interval?.[0]).toBeCloseTo(94.03410423, 6);
    expect(interval?.[1]).toBeCloseTo(104.47776047, 6);
  });

  it('claims no interval of one run', () => {
    expect(estimateArm([80])).toMatchObject({ n: 1, interval: null });
  });

  it('takes the spread of all arms that are compared', () => {
    // NumPy and SciPy: squares around the three means ÷ 5, stats.t.ppf(.975, 5), exp(mean ± t √(variance ÷ n)).
    const arms = [
      [97.1, 101.3, 99],
      [104.9, 110.2, 108.8],
      [50, 52.5],
    ] as const;
    const spread = pooledSpread(arms);
    expect(spread).toEqual({ variance: expect.closeTo(0.0006794835322190471, 12), freedom: 5 });
    expect(estimateArm(arms[0], spread).interval?.[0]).toBeCloseTo(95.35714889802159, 6);
    expect(estimateArm(arms[2], spread).interval?.[1]).toBeCloseTo(53.72074667858071, 6);
    expect(compareArms(arms[0], arms[1], spread).interval?.[0]).toBeCloseTo(1.0310506097568417, 6);
    // One run is enough where others tell how runs scatter.
    expect(estimateArm([80], spread).interval?.[0]).toBeLessThan(80);
  });

  it('knows no spread where no arm has two runs', () => {
    expect(pooledSpread([[80], [90], []])).toBeNull();
  });
});

describe('falsePositives', () => {
  it('tries every split of six runs once', () => {
    // C(6, 3) / 2 = 10.
    expect(falsePositives([100, 101, 99, 100.5, 99.5, 100.2])).toEqual({ wrong: 0, splits: 10 });
  });

  it('counts a split that keeps two different things apart', () => {
    expect(falsePositives([100, 101, 99, 150, 151, 149]).wrong).toBe(1);
  });
});

describe('compareArms', () => {
  const first = [97.1, 101.3, 99];
  it('agrees with Student’s interval of SciPy', () => {
    // scipy.stats.ttest_ind(log(b), log(a)).confidence_interval(.95), as ratios.
    const { ratio, interval, word } = compareArms(first, [104.9, 110.2, 108.8]);
    expect(ratio).toBeCloseTo(1.089032154290118, 9);
    expect(interval?.[0]).toBeCloseTo(1.0325565744501803, 6);
    expect(interval?.[1]).toBeCloseTo(1.148596660390542, 6);
    expect(word).toBe('better');
  });

  it('calls the other way round worse', () => {
    expect(compareArms([104.9, 110.2, 108.8], first).word).toBe('worse');
  });

  it('calls what surely differs by less than 5 % equivalent, however sure the difference', () => {
    expect(compareArms([100, 100.2, 99.9, 100.1], [101.6, 101.8, 101.7, 101.5]).word).toBe('equivalent');
  });

  it('cannot tell what scatters, and says how many runs more should', () => {
    const { word, moreRuns } = compareArms([90, 104, 97], [99, 92, 100]);
    expect(word).toBe('inconclusive');
    expect(moreRuns).toBeGreaterThan(3);
  });

  it('claims nothing of an arm that has no run', () => {
    expect(compareArms([], [99, 101])).toMatchObject({ word: 'inconclusive', interval: null, n: [0, 2] });
  });

  it('claims nothing of single runs', () => {
    expect(compareArms([50], [100])).toMatchObject({ word: 'inconclusive', ratio: expect.closeTo(2, 9), interval: null });
  });

  it('rarely finds a difference where there is none', () => {
    // 400 pairs of arms of three runs with a spread of 4 %, from a seeded generator (Box–Muller on Mulberry32).
    let state = 7;
    const uniform = (): number => {
      state = (state + 0x6d2b79f5) | 0;
      let t = Math.imul(state ^ (state >>> 15), 1 | state);
      t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
      return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
    };
    const run = (): number => 100 * Math.exp(0.04 * Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform()));
    const words = Array.from({ length: 400 }, () => compareArms([run(), run(), run()], [run(), run(), run()]).word);
    expect(words.filter((word) => word === 'better' || word === 'worse').length / 400).toBeLessThan(0.06);
  });
});

describe('several looks', () => {
  it('share the error of 5 %', () => {
    // Looks at 2 and at 3 runs a side: 2.5 % each.
    expect(confidenceOf(3)).toBeCloseTo(0.975, 12);
    expect(confidenceOf(2)).toBe(0.95);
    expect(confidenceOf(1)).toBe(0.95);
    const [first, second] = [
      [70, 71.5],
      [80, 82],
    ] as const;
    const [once, oftener] = [compareArms(first, second), compareArms(first, second, undefined, 0.975)];
    expect(oftener.interval?.[0]).toBeLessThan(once.interval?.[0] ?? 0);
    expect(oftener.confidence).toBe(0.975);
  });

  it('call equal sides better or worse in at most 5 % of 2,000 comparisons that may end early', () => {
    const next = random(11);
    const normal = (): number => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
    const runs = 4;
    let wrong = 0;
    for (let pair = 0; pair < 2000; pair += 1) {
      const side = (): number[] => Array.from({ length: runs }, () => 70 * Math.exp(0.05 * normal()));
      const [first, second] = [side(), side()];
      const words = Array.from({ length: runs - LEAST_RUNS + 1 }, (_, look) => LEAST_RUNS + look).map(
        (each) => compareArms(first.slice(0, each), second.slice(0, each), undefined, confidenceOf(runs)).word,
      );
      if (words.some((word) => word === 'better' || word === 'worse')) wrong += 1;
    }
    expect(wrong / 2000).toBeLessThanOrEqual(0.05);
    // Not for lack of claims at all: the smallest difference of interest takes some of them away.
    expect(wrong).toBeGreaterThan(10);
  });
});
