import { describe, expect, it } from '@jest/globals';
import { samplesAround } from './samples-around.ts';
import { startSampler } from './sampler.ts';
import type { Samples } from './samples.ts';

type Reading = Samples['readings'][number];
const DAY_S = 86_400;
/** One a second for a day. */
const day: Samples = {
  readings: Array.from({ length: DAY_S }, (_, second) => ({ atMs: second * 1000 }) as Reading),
  soft: [],
  probes: Array.from({ length: DAY_S }, (_, second) => ({ atMs: second * 1000, ms: 1 })),
};

describe('samples around a window', () => {
  it('are those inside it, and some on both sides to interpolate from', () => {
    const { readings, probes } = samplesAround(day, { startMs: 3_600_000, endMs: 3_605_000 });
    expect(readings.map((one) => one.atMs / 1000)).toEqual(Array.from({ length: 25 }, (_, index) => 3590 + index));
    expect(probes).toHaveLength(25);
  });

  it('are all that is left where it is open at its end, and none where nothing was read', () => {
    expect(samplesAround(day, { startMs: (DAY_S - 1) * 1000, endMs: Infinity }).readings).toHaveLength(11);
    expect(samplesAround(day, { startMs: DAY_S * 2000, endMs: DAY_S * 2001 })).toEqual({ readings: [], soft: [], probes: [] });
  });
});

describe('a sampler', () => {
  it('drops what is older than it is told to keep, when it reads again', async () => {
    let [now, keepFrom] = [0, 0];
    const sampler = startSampler({
      read: () => ({ atMs: (now += 1000) }) as Reading,
      readSoft: async () => [],
      keepFrom: () => keepFrom,
      onError: (error) => {
        throw error;
      },
    });
    sampler.samples.readings.push(...[2000, 3000, 4000].map((atMs) => ({ atMs }) as Reading));
    keepFrom = 3000;
    now = 4000;
    await sampler.stop();
    expect(sampler.samples.readings.map((one) => one.atMs)).toEqual([3000, 4000, 5000]);
  });
});
