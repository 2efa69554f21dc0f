import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from '@jest/globals';
import type { Request, RequestHandler, Response } from 'express';
import { faultHandlers, NO_FAULTS } from './faults.ts';

/** What is alive, after everything else is collected. */
function heapBytes(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
}

/** How often the next handler was called, and what it took, ms of wall and of CPU time. */
function pass(handler: RequestHandler, times = 1): { readonly passed: number; readonly wallMs: number; readonly cpuMs: number } {
  let passed = 0;
  const begun = performance.now();
  const cpu = process.cpuUsage();
  for (let time = 0; time < times; time += 1) void handler({} as Request, {} as Response, () => (passed += 1));
  const { user, system } = process.cpuUsage(cpu);
  return { passed, wallMs: performance.now() - begun, cpuMs: (user + system) / 1000 };
}

describe('faults of a site', () => {
  it('are none unless they are asked for', () => {
    expect(faultHandlers(NO_FAULTS)).toEqual([]);
  });

  it('block: stops the thread for that long, without using the CPU, and lets the request go on', () => {
    const [block] = faultHandlers({ blockMs: 40, churnKiB: 0 });
    const { passed, wallMs, cpuMs } = pass(block as RequestHandler, 5);
    expect(passed).toBe(5);
    expect(wallMs).toBeGreaterThanOrEqual(190);
    expect(cpuMs).toBeLessThan(0.5 * wallMs);
  });

  it('churn: keeps a store of tens of MiB, which requests replace and do not grow', () => {
    const before = heapBytes();
    const [churn] = faultHandlers({ blockMs: 0, churnKiB: 256 });
    const filled = heapBytes() - before;
    expect(filled).toBeGreaterThan(12 * 2 ** 20);
    // More than four times the store.
    const { passed } = pass(churn as RequestHandler, 1000);
    expect(passed).toBe(1000);
    expect((heapBytes() - before) / filled).toBeCloseTo(1, 0);
  });
});
