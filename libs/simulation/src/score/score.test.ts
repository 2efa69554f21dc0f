import { describe, expect, it } from '@jest/globals';
import { countsFor } from '../cases/generate.ts';
import type { Judged } from './judge.ts';
import { runCases } from './run-cases.ts';
import { scoreSheet } from './sheet.ts';

/** Not a seed that anything was tuned on. */
const SEED = 41;

const judgedCase = (change: Partial<Judged>): Judged => ({
  id: 'x',
  group: 'single',
  stage: 1,
  kind: 'cpu',
  verdict: 'named',
  named: [],
  expected: [],
  first: true,
  firstThree: true,
  set: true,
  codes: [],
  rightCode: false,
  confidence: 0.9,
  loadError: 0,
  highestCpu: false,
  largestZ: false,
  loudest: false,
  ...change,
});

describe('the score sheet', () => {
  it('counts shares with their intervals and the calibration of the confidence', () => {
    const sheet = scoreSheet([
      ...Array.from({ length: 57 }, () => judgedCase({})),
      ...Array.from({ length: 3 }, () => judgedCase({ first: false, confidence: 0.5 })),
      judgedCase({ group: 'invalid', verdict: 'refused', confidence: null }),
      judgedCase({ group: 'none', verdict: 'none-in-range', confidence: null }),
    ]);
    expect(sheet.first).toMatchObject({ right: 57, of: 60, share: 0.95 });
    // Wilson's interval of 57 in 60, from R's binom.confint(57, 60, method = "wilson").
    expect(sheet.first.interval[0]).toBeCloseTo(0.863, 3);
    expect(sheet.first.interval[1]).toBeCloseTo(0.983, 3);
    expect(sheet.confidence.brier).toBeCloseTo((57 * 0.1 ** 2 + 3 * 0.5 ** 2) / 60, 9);
    expect(sheet.refused.share).toBe(1);
    expect(sheet.falseNames).toMatchObject({ right: 0, of: 1 });
  });

  it('says how far the confidence lies from what came true, by kind too', () => {
    const sheet = scoreSheet([
      ...Array.from({ length: 8 }, (_, index) => judgedCase({ confidence: 0.92, first: index < 6 })),
      ...Array.from({ length: 2 }, () => judgedCase({ kind: 'pool', confidence: 0.7 })),
      judgedCase({ group: 'invalid', confidence: 0.99, first: false }),
    ]);
    // By hand: 8 of 10 cases said 0.92 of which 0.75 came true, 2 said 0.7 and came true; the invalid one is no case of it.
    expect(sheet.confidence.ece).toBeCloseTo(0.8 * 0.17 + 0.2 * 0.3, 9);
    expect(sheet.confidence.byKind).toMatchObject([
      { kind: 'cpu', mean: expect.closeTo(0.92), right: { right: 6, of: 8 } },
      { kind: 'pool', mean: expect.closeTo(0.7), right: { right: 2, of: 2 } },
    ]);
    expect(sheet.bars.find((bar) => bar.text.startsWith('calibrated'))?.met).toBe(false);
  });

  it('sets each stage and kind against the better of the naive rules there', () => {
    const sheet = scoreSheet([
      judgedCase({ highestCpu: true }),
      judgedCase({ highestCpu: true }),
      judgedCase({ stage: 5, kind: 'hit-ratio', highestCpu: true }),
      judgedCase({ stage: 5, kind: 'hit-ratio', largestZ: true }),
      judgedCase({ stage: 5, kind: 'hit-ratio', largestZ: true, first: false }),
    ]);
    expect(sheet.byStage).toMatchObject([
      { stage: 1, first: { right: 2, of: 2 }, naive: { right: 2, of: 2 } },
      { stage: 5, first: { right: 2, of: 3 }, naive: { right: 2, of: 3 } },
    ]);
    expect(sheet.byKind).toMatchObject([
      { kind: 'cpu', naive: { right: 2 } },
      { kind: 'hit-ratio', naive: { right: 2 } },
    ]);
  });

  it('misses a bar when the engine is no better than chance', () => {
    const sheet = scoreSheet(Array.from({ length: 20 }, (_, index) => judgedCase({ first: index % 2 === 0 })));
    expect(sheet.bars.find((bar) => bar.text.startsWith('right tier'))?.met).toBe(false);
  });
});

describe('the engine on simulated runs with a known limit', () => {
  const progress = [...runCases(SEED, countsFor(24))];
  const judged = progress.map((one) => one.judged);
  const sheet = scoreSheet(judged);

  it('names single causes', () => {
    expect(sheet.first.of).toBeGreaterThanOrEqual(12);
    expect(sheet.first.share).toBeGreaterThanOrEqual(0.9);
  });

  it('refuses what may not be trusted, and only that', () => {
    expect(sheet.refused.share).toBeGreaterThanOrEqual(0.85);
    expect(sheet.falselyRefused.share).toBeLessThanOrEqual(0.05);
    expect(sheet.falseNames.right).toBe(0);
  });

  it('is better than naive rules', () => {
    expect(sheet.first.share - Math.max(sheet.baselines.highestCpu.share, sheet.baselines.largestZ.share)).toBeGreaterThan(0.2);
  });

  it('holds a part of the cases out', () => {
    const heldOut = progress.filter((one) => one.heldOut).length;
    expect(heldOut).toBeGreaterThan(0);
    expect(heldOut).toBeLessThan(progress.length / 2);
  });

  it('gives the same cases for the same seed', () => {
    const [first] = runCases(SEED, countsFor(24));
    expect(first?.judged).toEqual(judged[0]);
  });
});
