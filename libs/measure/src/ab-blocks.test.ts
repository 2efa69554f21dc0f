import { describe, expect, it } from '@jest/globals';
import { blockOf, blockOrder, pairsOf, type Block } from './ab-blocks.ts';
import type { Samples } from './samples.ts';

describe('the order of blocks', () => {
  const order = blockOrder(4);

  it('is ABBA and then BAAB: each variant comes first in as many pairs', () => {
    expect(order.slice(0, 8).map((one) => one.host)).toEqual([
      'full-1',
      'bare-1',
      'bare-2',
      'full-2',
      'bare-1',
      'full-1',
      'full-2',
      'bare-2',
    ]);
    const first = order.filter((_, position) => position % 2 === 0).map((one) => one.variant);
    expect(first.filter((variant) => variant === 'full')).toHaveLength(first.length / 2);
  });

  it('never lets a host serve two blocks in a row: its last answers are counted in the block after its own', () => {
    for (let i = 1; i < order.length; i += 1) expect(order[i]?.host).not.toBe(order[i - 1]?.host);
  });

  it('pairs one host of each variant', () => {
    for (let i = 0; i < order.length; i += 2) expect(new Set([order[i]?.variant, order[i + 1]?.variant]).size).toBe(2);
  });
});

describe('a block', () => {
  const window = { variant: 'full' as const, host: 'full-1', startMs: 1000, endMs: 6000, rows: rows(300) };

  it('is what the host answered for each second of CPU it used', () => {
    expect(blockOf(window, samples({ cpuPerS: 0.06, idlePerS: 1.6 })).requestsPerCpuSecond).toBeCloseTo(300 / 0.3, 6);
  });

  it('does not count when the machine is not idle enough', () => {
    const block = blockOf(window, samples({ cpuPerS: 0.06, idlePerS: 0.5 }));
    expect(block).toMatchObject({ void: 'busy', requestsPerCpuSecond: null });
    expect(block.idle).toBeCloseTo(0.25, 6);
  });

  it('does not count when somebody else uses the machine', () => {
    const block = blockOf(window, samples({ cpuPerS: 0.06, idlePerS: 1.6, busyPerS: 0.4 }));
    expect(block.void).toBe('busy');
    expect(block.outside).toBeCloseTo(0.17, 6);
  });

  it('does not count when a request failed, or nothing was read', () => {
    const failed = [...rows(299), { outcome: 'status' }];
    expect(blockOf({ ...window, rows: failed }, samples({ cpuPerS: 0.06, idlePerS: 1.6 })).void).toBe('failed requests');
    expect(blockOf({ ...window, host: 'gone-1' }, samples({ cpuPerS: 0.06, idlePerS: 1.6 })).void).toBe('no samples');
    // Long after the last reading: nobody knows whether the machine was busy.
    expect(blockOf({ ...window, startMs: 60_000, endMs: 65_000 }, samples({ cpuPerS: 0.06, idlePerS: 1.6 })).void).toBe('no samples');
  });
});

describe('pairs', () => {
  const block = (variant: Block['variant'], requestsPerCpuSecond: number | null): Block => ({
    variant,
    host: `${variant}-1`,
    requestsPerCpuSecond,
    void: requestsPerCpuSecond === null ? 'busy' : null,
    idle: 0.8,
    outside: 0,
  });

  it('are neighbours whichever comes first, and both must count', () => {
    const blocks = [
      block('full', 900),
      block('bare', 1000),
      block('bare', 1010),
      block('full', 910),
      block('full', null),
      block('bare', 990),
    ];
    expect(pairsOf(blocks)).toEqual([
      { value: 900, against: 1000 },
      { value: 910, against: 1010 },
    ]);
  });
});

function rows(count: number): { readonly outcome: string }[] {
  return Array.from({ length: count }, () => ({ outcome: 'ok' }));
}

/** Readings four times a second of a machine of two cores with one host, rates in CPU seconds a second. */
function samples(rates: { readonly cpuPerS: number; readonly idlePerS: number; readonly busyPerS?: number }): Samples {
  const at = (ms: number): Samples['readings'][number] => ({
    atMs: ms,
    hosts: [
      {
        host: 'full-1',
        tier: 'full',
        place: 'east',
        cpuSeconds: (rates.cpuPerS * ms) / 1000,
        cpuSecondsByComponent: {},
        quotaCores: 0.1,
        periods: 0,
        throttledPeriods: 0,
        throttledSeconds: 0,
        memoryBytes: 0,
        memoryLimitBytes: null,
        planned: null,
        memoryFailures: 0,
        ioReadBytes: 0,
        ioWriteBytes: 0,
        psiCpuSomeSeconds: null,
        psiIoFullSeconds: null,
        psiMemoryFullSeconds: null,
      },
    ],
    machine: {
      cores: 2,
      idleSeconds: (rates.idlePerS * ms) / 1000,
      stealSeconds: 0,
      busySeconds: ((rates.busyPerS ?? rates.cpuPerS) * ms) / 1000,
      memoryAvailableBytes: 1e9,
    },
    lab: {},
  });
  return { readings: Array.from({ length: 41 }, (_, index) => at(index * 250)), soft: [], probes: [] };
}
