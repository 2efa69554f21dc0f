import { describe, expect, it } from '@jest/globals';
import { diagnose } from './diagnose.ts';
import type { RegionLoad, RunData, StepData } from './run-data.ts';
import { buildRun } from './testing/run-builder.ts';
import { verdictLines } from './verdict-text.ts';
import { withoutEdge } from './without-edge.ts';

const tiers = [
  { name: 'edge', hosts: 2, cpuMs: 0.2, cores: 0.1 },
  { name: 'web', hosts: 2, cpuMs: 5, cores: 0.1 },
];
const built = (loads: readonly number[]): RunData => buildRun({ stage: 6, tiers, links: [['clients', 'web']], loads });

/** Half of the files of a step go to each region; of those of the west a share comes from the site. */
function withRegions(run: RunData, fallback: number, westSends = fallback < 1): RunData {
  const region = (name: string, share: number, { load }: StepData): RegionLoad => ({
    region: name,
    requests: load.requests / 2,
    failed: 0,
    latency: load.latency,
    files: { hit: 100 * (1 - share), miss: 0, origin: 7, fallback: 100 * share },
    fileLatency: load.latency,
  });
  const steps = run.steps.map((step) => ({
    ...step,
    load: { ...step.load, byRegion: [region('east', 0, step), region('west', fallback, step)] },
    edges: [
      { host: 'edge-1', region: 'east', hits: 100, misses: 1, bytesOut: 1 },
      { host: 'edge-2', region: 'west', hits: westSends ? 90 : 0, misses: 0, bytesOut: 1 },
    ],
  }));
  return { ...run, steps };
}

const climb = built([5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55]);

describe('a verdict where edges do not answer', () => {
  it('names what runs out, and says which edge is silent and what the site sent for it', () => {
    const run = withRegions(climb, 1);
    const verdict = diagnose(run);
    expect(verdict).toMatchObject({
      kind: 'named',
      tier: 'web',
      withoutEdge: [{ region: 'west', share: 1, files: 200, silent: ['edge-2'] }],
    });
    expect(verdictLines(verdict, run).join('\n')).toContain('edge-2 did not answer: 100 % of 200 files in the west came from the site');
  });

  it('says it where nothing ran out, too', () => {
    const run = withRegions(built([5, 10, 15]), 1);
    const verdict = diagnose(run);
    expect(verdict).toMatchObject({ kind: 'none-in-range', withoutEdge: [{ region: 'west' }] });
    expect(verdictLines(verdict, run).join('\n')).toContain('edge-2 did not answer');
  });

  it('calls an edge that sends some files late, not silent', () => {
    const run = withRegions(climb, 0.4);
    const verdict = diagnose(run);
    expect(verdict).toMatchObject({ withoutEdge: [{ region: 'west', share: 0.4, silent: [] }] });
    expect(verdictLines(verdict, run).join('\n')).toContain('edges answered too late: 40 % of 200 files');
  });

  it('says nothing of a few files, and of runs without edges', () => {
    expect(diagnose(withRegions(climb, 0.05))).not.toHaveProperty('withoutEdge');
    expect(withoutEdge(climb.steps)).toEqual([]);
  });
});
