import { describe, expect, it } from '@jest/globals';
import { diagnose } from './diagnose.ts';
import type { RunData, StepData } from './run-data.ts';
import { resourceTable } from './summary.ts';
import { buildRun } from './testing/run-builder.ts';
import { verdictLines } from './verdict-text.ts';

const LIMIT = 0.1;
/** The database ends at some 117 arrivals/s; the web servers hold three times that. */
const climb = (loads: readonly number[]): RunData =>
  buildRun({
    stage: 2,
    tiers: [
      { name: 'web', hosts: 2, cpuMs: 0.55, cores: LIMIT, pool: { limit: 20, holdMs: 2, waitsOn: 'db' } },
      { name: 'db', hosts: 1, cpuMs: 0.85, cores: LIMIT },
    ],
    links: [['web', 'db']],
    loads,
  });
const whole = climb([53, 70, 88, 103, 115, 126, 140, 158]);

/** Web-1 with a loop that takes what its CPU budget leaves, in some steps. */
function withLoop(run: RunData, runs: (step: StepData) => boolean, byComponent = true): RunData {
  return {
    ...run,
    steps: run.steps.map((step) =>
      runs(step)
        ? {
            ...step,
            use: step.use.map((use) =>
              use.resource === 'web-1/cpu' && use.kind === 'cpu'
                ? {
                    ...use,
                    busy: 1,
                    blocks: use.blocks.map(() => 1),
                    throttledShare: 1,
                    ...(byComponent ? { byComponent: { site: use.busy * LIMIT } } : {}),
                  }
                : use,
            ),
          }
        : step,
    ),
  };
}

/** Web-1 is full at a load, all of it by the site, and its balancer spares it then. */
function withLoad(run: RunData, full: number): RunData {
  return {
    ...run,
    steps: run.steps.map((step) => ({
      ...step,
      use: step.use.map((use) => {
        if (use.resource !== 'web-1/cpu' || use.kind !== 'cpu' || step.kind === 'idle') return use;
        const busy = Math.min(1, step.offered / full);
        return { ...use, busy, blocks: use.blocks.map(() => busy), throttledShare: busy, byComponent: { site: busy * LIMIT } };
      }),
    })),
  };
}

describe('a CPU that is full at every load', () => {
  const always = withLoop(whole, () => true);

  it('and does not grow with load is not what limits', () => {
    expect(diagnose(whole)).toMatchObject({ kind: 'named', tier: 'db', resource: 'cpu', with: [] });
    expect(diagnose(always)).toMatchObject({ kind: 'named', tier: 'db', hosts: ['db-1'], resource: 'cpu', with: [] });
  });

  it('is said as use in the background: who, how much, since when', () => {
    const verdict = diagnose(always);
    expect(verdict).toMatchObject({ background: [{ host: 'web-1', resource: 'cpu', busy: 1, since: { step: 0, offered: 0 } }] });
    expect(verdictLines(verdict, always).join('\n')).toMatch(
      /beside +web-1 CPU: 100 % used since before load began, (9\d|100) % of that by a process outside the lab; its use did not grow with load/,
    );
  });

  it('is said with the name of the process, where that was seen', () => {
    const steps = always.steps.map((step) => ({
      ...step,
      use: step.use.map((use) => (use.resource === 'web-1/cpu' && use.kind === 'cpu' ? { ...use, strangers: ['yes'] } : use)),
    }));
    const run = { ...always, steps };
    expect(verdictLines(diagnose(run), run).join('\n')).toMatch(/ % of that by yes, outside the lab; its use did not grow/);
  });

  it('since a step: that is when it began', () => {
    const verdict = diagnose(withLoop(whole, ({ index }) => index >= 2));
    expect(verdict).toMatchObject({ kind: 'named', tier: 'db', background: [{ host: 'web-1', since: { step: 2, offered: 70 } }] });
  });

  it('is said without who did it where components were not told apart', () => {
    const run = withLoop(whole, () => true, false);
    expect(verdictLines(diagnose(run), run).join('\n')).toMatch(
      /beside +web-1 CPU: 100 % used since before load began; its use did not grow/,
    );
  });

  it('is what limits where the SLO fails at every load', () => {
    const hopeless = climb([126, 190, 260]);
    const verdict = diagnose(withLoop(hopeless, () => true));
    expect(verdict).not.toHaveProperty('background');
    if (verdict.kind !== 'named') throw new Error(verdict.kind);
    expect([verdict, ...verdict.with].map(({ tier }) => tier)).toContain('web');
  });

  it('from some load on, as load filled it, is no background, although more went through', () => {
    const spared = withLoad(whole, 88);
    expect(diagnose(spared)).not.toHaveProperty('background');
    expect(diagnose(withLoad(whole, 0))).not.toHaveProperty('background');
  });

  it('of the load’s own doing is what limits, however many steps it is full in', () => {
    expect(diagnose(climb([112, 115, 118, 126, 140]))).toMatchObject({ kind: 'named', tier: 'db', resource: 'cpu' });
  });

  it('is not the next to run out either, nor has it a load at which it would', () => {
    const quiet = withLoop(climb([20, 30, 40, 50, 60]), () => true);
    expect(diagnose(quiet)).toMatchObject({ kind: 'none-in-range', closest: { tier: 'db' }, background: [{ host: 'web-1' }] });
    expect(resourceTable(quiet).find(({ resource }) => resource.id === 'web-1/cpu')?.saturation).toBeNull();
    expect(resourceTable(always).find(({ resource }) => resource.id === 'web-1/cpu')?.saturation).toBeNull();
  });
});
