import { describe, expect, it } from '@jest/globals';
import type { LatencyAtLoad } from '@loadstair/analysis';
import { comparisonText, transitionNotes, type Transition } from './transition-text.ts';

const latency: LatencyAtLoad = {
  load: 48.3,
  medianMs: [3.1, 4.2],
  quantileMs: [12, 18],
  distance: 0.214,
  p: 0.02857,
  leastP: 0.02857,
  word: 'differs',
};
const transition: Transition = {
  word: 'inconclusive',
  ratio: 1.04,
  interval: [0.93, 1.16],
  confidence: 0.95,
  n: [3, 3],
  moreRuns: 9,
  latency: null,
  stillLimits: null,
};

describe('comparisonText', () => {
  it('says the ratio with its interval, and the level where it is not 95 %', () => {
    expect(comparisonText(transition)).toBe('inconclusive, ×1.04 (0.93–1.16), 3+3 runs; about 9 more runs per variant should decide');
    expect(comparisonText({ ...transition, word: 'better', ratio: 1.2, interval: [1.1, 1.31], confidence: 0.975 })).toBe(
      'better, ×1.20 (97.5 %: 1.10–1.31), 3+3 runs',
    );
  });
});

describe('a side without a capacity', () => {
  it('has no ratio', () => {
    expect(comparisonText({ ...transition, ratio: 59.7, interval: null, n: [0, 1], moreRuns: null })).toBe(
      'not compared, 0+1 runs: one variant has no capacity',
    );
  });
});

describe('transitionNotes', () => {
  const notes = (change: Partial<Transition>): string[] => transitionNotes({ ...transition, ...change }, { quantile: 0.95 });

  it('says which profile shows what the change relieves', () => {
    expect(notes({ stillLimits: { resource: 'web CPU', profile: 'reads' } })).toEqual([
      'the change does not affect the limit (web CPU); try --profile reads',
    ]);
    expect(notes({ word: 'worse', stillLimits: { resource: 'web CPU', profile: null } })).toEqual([
      'the change does not relieve the limit (web CPU)',
    ]);
  });

  it('says whether latencies at one load differ, in shape and level', () => {
    expect(notes({ latency })).toEqual([
      'latency at 48.3/s differs: median 3.1 → 4.2 ms, p95 12 → 18 ms (KS distance 0.21, p-value 0.029)',
    ]);
    expect(notes({ latency: { ...latency, p: 0.6, word: 'no-difference-seen' } })[0]).toContain('no difference seen: median 3.1');
    expect(notes({ latency: { ...latency, leastP: 0.1, word: 'too-few-runs' } })[0]).toContain('3+3 runs are too few for a test');
  });

  it('has nothing to add where nothing more is known', () => {
    expect(notes({})).toEqual([]);
  });
});
