import { describe, expect, it } from '@jest/globals';
import { diagnose } from './diagnose.ts';
import type { MemoryUse } from '@loadstair/resources';
import type { RunData, StepData } from './run-data.ts';
import { buildRun } from './testing/run-builder.ts';
import { verdictLines } from './verdict-text.ts';

const climb = buildRun({
  stage: 2,
  tiers: [
    { name: 'web', hosts: 1, cpuMs: 5, cores: 0.1 },
    { name: 'db', hosts: 1, cpuMs: 1, cores: 0.1 },
  ],
  links: [
    ['clients', 'web'],
    ['web', 'db'],
  ],
  loads: [8, 10, 12, 14, 16, 18, 20, 22],
});

/** The same climb with what its web server collected, and in which share of the periods its CPU limit stopped it. */
function withCollecting(collected: (step: StepData) => Pick<MemoryUse, 'gcShare' | 'gcHelperShare'>, stopped: number): RunData {
  const steps = climb.steps.map((step) => ({
    ...step,
    use: step.use.map((use) =>
      use.resource === 'web-1/memory'
        ? { ...use, ...collected(step) }
        : use.resource === 'web-1/cpu'
          ? { ...use, throttledShare: stopped }
          : use,
    ),
  }));
  return { ...climb, steps };
}

const MEMORY = { kind: 'named', tier: 'web', resource: 'memory', with: [] } as const;
const CPU = { kind: 'named', tier: 'web', resource: 'cpu', with: [] } as const;

describe('a CPU that collects garbage', () => {
  it.each([
    ['mostly on threads beside the main one, stopped all the time: memory', { gcShare: 0.9, gcHelperShare: 0.5 }, 0.8, MEMORY],
    ['for a large share in a calm step: memory', { gcShare: 0.4, gcHelperShare: 0.1 }, 0, MEMORY],
    ['for a large share as far as is seen of a host that is stopped all the time: its CPU', { gcShare: 0.9, gcHelperShare: 0.1 }, 0.8, CPU],
    // A web server of 0.3 lab CPUs: one period in eleven is as much time as its CPU limit lets it use.
    ['all the time as far as is told, and seldom stopped: its CPU', { gcShare: 1, gcHelperShare: 0.06 }, 0.09, CPU],
    ['for a small share: its CPU', { gcShare: 0.1, gcHelperShare: 0.05 }, 0, CPU],
    ['for a large share in a run from before threads were told apart, in a calm step: memory', { gcShare: 0.4 }, 0, MEMORY],
  ])('%s', (_, collected, stopped, expected) => {
    expect(diagnose(withCollecting(() => collected, stopped))).toMatchObject(expected);
  });

  it('says what collecting took, not how full the host’s memory is', () => {
    const run = withCollecting(() => ({ gcShare: 0.62, gcHelperShare: 0.5 }), 0.8);
    const text = verdictLines(diagnose(run), run).join('\n');
    expect(text).toMatch(
      /because +garbage collection took at least 50 % of its CPU time in step \d+, 50 % in step 1; its CPU was \d+ % busy/,
    );
    expect(text).toMatch(/not +web-1 CPU: busy with garbage collection/);
  });

  it('only where it is full is no more than busy', () => {
    const atTheEnd = (step: StepData): Pick<MemoryUse, 'gcShare' | 'gcHelperShare'> =>
      step.offered > 17 ? { gcShare: 0.9, gcHelperShare: 0.5 } : { gcShare: 0.1, gcHelperShare: 0.05 };
    expect(diagnose(withCollecting(atTheEnd, 0.8))).toMatchObject(CPU);
  });
});
