import { describe, expect, it } from '@jest/globals';
import { diagnose } from './diagnose.ts';
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

describe('a CPU that runs out alone', () => {
  it('is one host’s, and its peers say that more of them would not help', () => {
    const run = pinned(0.2);
    const verdict = diagnose(run);
    expect(verdict).toMatchObject({ kind: 'named', tier: 'web', hosts: ['web-1'], resource: 'cpu', imbalance: { host: 'web-1' } });
    if (verdict.kind !== 'named') throw new Error(verdict.kind);
    expect(verdict.imbalance?.share).toBeCloseTo(1 / 1.4, 1);
    expect(verdictLines(verdict, run)[0]).toMatch(/^▲ web-1 CPU alone limits this run at/);
    expect(verdictLines(verdict, run).join('\n')).toMatch(/imbalance: it does 7\d % of its tier’s work; web-2 \d+ %, web-3 \d+ % busy/);
  });

  it('is the tier’s where all run out together, and where the others are only a little less busy', () => {
    for (const run of [even, pinned(0.85)]) {
      const verdict = diagnose(run);
      expect(verdict).toMatchObject({ kind: 'named', tier: 'web', resource: 'cpu' });
      expect(verdict).not.toHaveProperty('imbalance');
    }
  });
});
