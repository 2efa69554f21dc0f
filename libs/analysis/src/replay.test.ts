import { describe, expect, it } from '@jest/globals';
import { diagnose } from './diagnose.ts';
import { AT_LIMIT } from '@loadstair/resources';
import type { ResourceInfo } from '@loadstair/resources';
import type { RunData } from './run-data.ts';
import { buildRun, type BuiltTier } from './testing/run-builder.ts';
import { verdictLines } from './verdict-text.ts';

const tier = (name: string, cpuMs: number, hosts = 1): BuiltTier => ({ name, hosts, cpuMs, cores: 0.1 });
const site = (primaryMs: number, replicaMs: number): RunData =>
  buildRun({
    stage: 4,
    tiers: [
      { ...tier('web', 0.3, 2), pool: { limit: 20, holdMs: 2, waitsOn: 'db-replica' } },
      tier('db', primaryMs),
      tier('db-replica', replicaMs, 2),
    ],
    links: [
      ['web', 'db'],
      ['web', 'db-replica'],
      ['db-replica', 'db'],
    ],
    loads: [0.45, 0.6, 0.75, 0.88, 0.98, 1.08, 1.2, 1.35].map((share) => share * 150),
  });

/** The same run with what replicas leave behind; above their limit, or always. */
function withReplay(run: RunData, stays: 'at-limit' | 'always', replayCpuShare: number): RunData {
  const replicas = run.resources.filter((one) => one.tier === 'db-replica' && one.kind === 'cpu');
  const added = replicas.map((cpu): ResourceInfo => ({
    ...cpu,
    id: `${cpu.host}/postgres/replay`,
    kind: 'replay',
    component: 'postgres',
    limit: null,
  }));
  return {
    ...run,
    resources: [...run.resources, ...added],
    steps: run.steps.map((step) => ({
      ...step,
      use: [
        ...step.use,
        ...added.map((resource) => {
          const cpu = step.use.find((use) => use.resource === `${resource.host}/cpu`)?.busy ?? 0;
          const busy = stays === 'always' || cpu >= AT_LIMIT ? 0.4 : 0;
          return { kind: 'replay' as const, resource: resource.id, busy, blocks: [], behindBytes: busy * 1e6, replayCpuShare };
        }),
      ],
    })),
  };
}

describe('replicas that fall behind', () => {
  it('are named when replaying is what fills them', () => {
    const run = withReplay(site(0.2, 1.33), 'at-limit', 0.8);
    expect(diagnose(run)).toMatchObject({ kind: 'named', tier: 'db-replica', resource: 'replay' });
    expect(verdictLines(diagnose(run), run).join(' ')).toContain('db-replica');
  });

  it('are full of reads when those take the CPU', () => {
    const verdict = diagnose(withReplay(site(0.2, 1.33), 'at-limit', 0.1));
    expect(verdict).toMatchObject({ kind: 'named', tier: 'db-replica', resource: 'cpu' });
  });

  it('are not named for a delay while they idle, although much stays behind', () => {
    const verdict = diagnose(withReplay(site(0.67, 0.2), 'always', 0.05));
    expect(verdict).toMatchObject({ kind: 'named', tier: 'db', resource: 'cpu' });
    if (verdict.kind !== 'named') throw new Error(verdict.kind);
    expect([verdict.runnerUp, ...verdict.with].map((one) => one?.resource)).not.toContain('replay');
    expect(verdict.evidence.filter((one) => one.resource?.endsWith('replay') === true)).toEqual([]);
    expect(verdict.ruledOut).toContainEqual({
      tier: 'db-replica',
      resource: 'replay',
      reason: 'at most 40 % of the writes were not replayed, with CPU to spare',
    });
  });
});
