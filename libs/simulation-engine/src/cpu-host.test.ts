import { describe, expect, it } from '@jest/globals';
import { Chance } from './chance.ts';
import { CpuHost } from './cpu-host.ts';
import { Timeline } from './timeline.ts';

/** A host of 10 % of a core with one thread, and Poisson arrivals of exponential work, mean 2 ms. */
function queue(load: number, seconds: number): { latencies: number[]; throttled: number; busy: number } {
  const timeline = new Timeline();
  const host = new CpuHost(timeline, 0.1, () => 1, 0);
  const program = host.add(1, 0);
  const chance = new Chance(7);
  const rate = (load * 0.1) / 0.002;
  const latencies: number[] = [];
  const next = (): void =>
    timeline.after((-Math.log(1 - chance.share()) * 1000) / rate, () => {
      const askedMs = timeline.now;
      program.do(-2 * Math.log(1 - chance.share()), () => latencies.push(timeline.now - askedMs));
      next();
    });
  next();
  timeline.runUntil(seconds * 1000);
  host.read();
  return {
    latencies: latencies.sort((a, b) => a - b),
    throttled: host.throttledPeriods / (10 * seconds),
    busy: host.usedMs / (seconds * 100),
  };
}

const at = (sorted: readonly number[], share: number): number => sorted[Math.floor(share * sorted.length)] as number;

describe('a host under a CPU quota', () => {
  it('runs at full speed until quota and burst are used up, then stops until the period ends', () => {
    const timeline = new Timeline();
    const host = new CpuHost(timeline, 0.1, () => 1, 0);
    const program = host.add(1, 0);
    const ends: number[] = [];
    for (const cpuMs of [15, 10, 10]) program.do(cpuMs, () => ends.push(timeline.now));
    timeline.runUntil(1000);
    // 20 ms are there at first; then 10 ms come every 100 ms.
    expect(ends.map((ms) => Math.round(ms * 1000) / 1000)).toEqual([15, 105, 205]);
    expect(host.usedMs).toBeCloseTo(35, 6);
    expect(host.throttledPeriods).toBe(2);
  });

  it('uses the budget twice as fast with two threads', () => {
    const timeline = new Timeline();
    const host = new CpuHost(timeline, 0.1, () => 1, 0);
    const program = host.add(2, 0);
    const ends: number[] = [];
    for (const cpuMs of [12, 12]) program.do(cpuMs, () => ends.push(timeline.now));
    timeline.runUntil(1000);
    expect(ends).toEqual([102, 102]);
  });

  it('gives a blocked thread no CPU and no other work', () => {
    const timeline = new Timeline();
    const host = new CpuHost(timeline, 0.1, () => 1, 0);
    const program = host.add(1, 0);
    const ends: number[] = [];
    program.do(1, () => ends.push(timeline.now), 30);
    program.do(1, () => ends.push(timeline.now));
    timeline.runUntil(1000);
    expect(ends).toEqual([31, 32]);
    expect(host.usedMs).toBeCloseTo(2, 6);
    expect(program.activeMs).toBeCloseTo(32, 6);
  });

  // methods.md §0.2, from an independent model: 10 % host, burst = quota, mean 2 ms of CPU a request.
  it.each([
    { load: 0.5, p50: 1.5, p99: 16, throttled: 0.02 },
    { load: 0.7, p50: 1.6, p99: 148, throttled: 0.1 },
  ])('agrees with an independent model at load $load', ({ load, p50, p99, throttled }) => {
    const found = queue(load, 1500);
    expect(found.busy).toBeCloseTo(load, 1);
    expect(Math.abs(at(found.latencies, 0.5) - p50)).toBeLessThan(0.3);
    expect(at(found.latencies, 0.99) / p99).toBeGreaterThan(0.6);
    expect(at(found.latencies, 0.99) / p99).toBeLessThan(1.7);
    expect(Math.abs(found.throttled - throttled)).toBeLessThan(0.04);
  });
});
