import { expect, it } from '@jest/globals';
import { processCpuSeconds } from './process-cpu.ts';

it('reads what this process used, as Node says it', () => {
  const { user, system } = process.cpuUsage();
  const read = processCpuSeconds(process.pid) as number;
  // /proc counts ticks of 10 ms.
  expect(Math.abs(read - (user + system) / 1e6)).toBeLessThan(0.05);
});

it('is null for a process that is not there', () => {
  expect(processCpuSeconds(2 ** 30)).toBeNull();
});
