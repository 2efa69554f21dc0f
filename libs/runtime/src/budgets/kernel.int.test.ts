import { describe, expect, it } from '@jest/globals';
import { BIGGEST, SMALLEST } from '@loadstair/topology';
import { detectCgroups } from './detect.ts';

/** Cores of one lab CPU, as everywhere in the lab. */
const CORES_PER_LAB_CPU = 0.1;

describe('the kernel', () => {
  it('takes the smallest and the biggest host, and refuses half of the smallest', async () => {
    const cgroups = await detectCgroups();
    const group = `loadstair-limits-${process.pid}`;
    cgroups.create(group);
    try {
      for (const cpu of [SMALLEST.cpu, BIGGEST.cpu, SMALLEST.cpu]) cgroups.setCpu(group, cpu * CORES_PER_LAB_CPU);
      for (const mebibytes of [SMALLEST.memoryMiB, BIGGEST.memoryMiB]) cgroups.setMemory(group, mebibytes * 2 ** 20);
      expect(cgroups.oomKills(group)).toBe(0);
      expect(() => cgroups.setCpu(group, (SMALLEST.cpu / 2) * CORES_PER_LAB_CPU)).toThrow('EINVAL');
    } finally {
      await cgroups.destroy(group);
    }
  });
});
