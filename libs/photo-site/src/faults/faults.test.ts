import { describe, expect, it } from '@jest/globals';
import type { Request, RequestHandler, Response } from 'express';
import { faultHandlers, NO_FAULTS } from './faults.ts';

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

  it('churn: keeps a store of tens of MiB that does not grow with requests', () => {
    const before = process.memoryUsage().heapUsed;
    const [churn] = faultHandlers({ blockMs: 0, churnKiB: 256 });
    const filled = process.memoryUsage().heapUsed - before;
    expect(filled).toBeGreaterThan(15 * 2 ** 20);
    const { passed } = pass(churn as RequestHandler, 1000);
    expect(passed).toBe(1000);
    // A thousand requests made 250 MiB; what is not collected yet may be seen, six stores may not.
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(6 * filled);
  });
});
