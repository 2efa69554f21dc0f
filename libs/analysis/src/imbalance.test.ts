import { describe, expect, it } from '@jest/globals';
import { diagnose } from './diagnose.ts';
import type { ResourceUse } from '@loadstair/resources';
import type { RunData } from './run-data.ts';
import { buildRun } from './testing/run-builder.ts';
import { verdictLines } from './verdict-text.ts';

const even = buildRun({
  stage: 3,
  tiers: [
    { name: 'lb', hosts: 1, cpuMs: 0.3, cores: 0.1 },
    { name: 'web', hosts: 3, cpuMs: 5, cores: 0.1 },
    { name: 'db', hosts: 1, cpuMs: 0.5, cores: 0.1 },
  ],
  links: [
    ['clients', 'lb'],
    ['lb', 'web'],
    ['web', 'db'],
  ],
  loads: [10, 20, 30, 40, 50, 60, 70],
});

/** The same run with what two of the three web servers used scaled down. */
function pinned(share: number): RunData {
  const quiet = ['web-2/cpu', 'web-3/cpu'];
  return {
    ...even,
    steps: even.steps.map((step) => ({
      ...step,
      use: step.use.map((use) =>
        quiet.includes(use.resource)
          ? { ...use, busy: use.busy * share, blocks: use.blocks.map((busy) => busy * share), throttledShare: 0 }
          : use,
      ),
    })),
  };
}

/** Use of a run whose first web server has twice what each peer has; those are full at the end of the climb. */
function growing(use: ResourceUse, offered: number): ResourceUse {
  if (use.kind !== 'cpu' || !/^web-\d\/cpu$/.test(use.resource)) return use;
  const busy = Math.min(1, (use.resource === 'web-1/cpu' ? 0.033 : 0.0165) * offered);
  return { ...use, busy, blocks: use.blocks.map(() => busy), throttledShare: busy > 0.95 ? 0.8 : 0 };
}

describe('a CPU that runs out alone', () => {
  it('is one host’s, and its peers say that more of them would not help', () => {
    const run = pinned(0.2);
    const verdict = diagnose(run);
    expect(verdict).toMatchObject({ kind: 'named', tier: 'web', hosts: ['web-1'], resource: 'cpu', imbalance: { host: 'web-1' } });
    if (verdict.kind !== 'named') throw new Error(verdict.kind);
    expect(verdict.imbalance?.share).toBeCloseTo(1 / 1.4, 1);
    expect(verdictLines(verdict, run)[0]).toMatch(/^▲ web-1 CPU alone limits this run at/);
    expect(verdictLines(verdict, run).join('\n')).toMatch(
      /imbalance: web-1 does 7\d % of its tier’s work \(web-2 \d+ %, web-3 \d+ % busy\)/,
    );
  });

  it('is the tier’s where all run out together, and where the others are only a little less busy', () => {
    for (const run of [even, pinned(0.85)]) {
      const verdict = diagnose(run);
      expect(verdict).toMatchObject({ kind: 'named', tier: 'web', resource: 'cpu' });
      expect(verdict).not.toHaveProperty('imbalance');
    }
  });

  it('is one host’s where the others fill later, with what is spread evenly', () => {
    // At twice the load that fills the first its peers are as full.
    const late = { ...even, steps: even.steps.map((step) => ({ ...step, use: step.use.map((use) => growing(use, step.offered)) })) };
    expect(diagnose(late)).toMatchObject({ kind: 'named', tier: 'web', hosts: ['web-1'], imbalance: { host: 'web-1' } });
  });
});
