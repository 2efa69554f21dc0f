import { describe, expect, it } from '@jest/globals';
import type { ResourceUse } from '@loadstair/resources';
import { diagnose } from './diagnose.ts';
import type { RunData } from './run-data.ts';
import { buildRun } from './testing/run-builder.ts';

/** Handlers of two web servers block their threads for 20 ms an arrival; their CPUs have room. */
const blocked = buildRun({
  stage: 2,
  tiers: [
    { name: 'web', hosts: 2, cpuMs: 0.6, cores: 0.1, blockedMs: 20, pool: { limit: 20, holdMs: 2, waitsOn: 'db' } },
    { name: 'db', hosts: 1, cpuMs: 0.2, cores: 0.1 },
  ],
  links: [['web', 'db']],
  loads: [0.45, 0.6, 0.75, 0.88, 0.98, 1.08, 1.2, 1.35].map((share) => share * 100),
});

function changed(run: RunData, change: (use: ResourceUse) => ResourceUse): RunData {
  return { ...run, steps: run.steps.map((step) => ({ ...step, use: step.use.map(change) })) };
}

/** Connections stay free where a request is stopped before it takes one. */
const free = (use: ResourceUse): ResourceUse => (use.kind === 'pool' ? { ...use, busy: 0.1, waiting: 0, waitingEnd: 0 } : use);

/** A host whose CPU limit stops it in most periods, with its thread active all the while. */
const throttle =
  (host: string) =>
  (use: ResourceUse): ResourceUse => {
    if (use.resource === `${host}/cpu` && use.kind === 'cpu') return { ...use, busy: 0.9, throttledShare: 0.5 };
    return use.resource === `${host}/event-loop` ? { ...use, busy: 1 } : use;
  };

describe('a blocked event loop', () => {
  it('is named on every host where nothing stops it', () => {
    expect(diagnose(blocked)).toMatchObject({ kind: 'named', tier: 'web', resource: 'event-loop', hosts: ['web-1', 'web-2'] });
  });

  it('is named on its own host, however much another host of its tier is stopped by its CPU limit', () => {
    expect(diagnose(changed(blocked, throttle('web-2')))).toMatchObject({
      kind: 'named',
      tier: 'web',
      resource: 'event-loop',
      hosts: ['web-1'],
    });
  });

  it('is named where it was full before a backlog filled the CPU of its host', () => {
    const last = blocked.steps.length - 1;
    const later: RunData = {
      ...blocked,
      steps: blocked.steps.map((step, index) =>
        index === last ? { ...step, use: step.use.map(throttle('web-1')).map(throttle('web-2')) } : step,
      ),
    };
    expect(diagnose(changed(later, free))).toMatchObject({ kind: 'named', tier: 'web', resource: 'event-loop' });
  });

  it.each([
    ['would have been full before it is named with it', 1, [{ tier: 'db', resource: 'cpu' }]],
    ['has room is not', 0.8, []],
  ])('and a database behind it that %s', (_, cpuMs, beside) => {
    const run = buildRun({
      stage: 2,
      tiers: [
        { name: 'web', hosts: 2, cpuMs: 0.05, cores: 0.1, blockedMs: 20, pool: { limit: 20, holdMs: 2, waitsOn: 'db' } },
        { name: 'db', hosts: 1, cpuMs, cores: 0.1 },
      ],
      links: [['web', 'db']],
      loads: [0.45, 0.6, 0.75, 0.88, 0.98, 1.08, 1.2, 1.35].map((share) => share * 100),
    });
    // It gets no more than the loop lets through: never full.
    const kept = changed(run, (use) =>
      use.resource === 'db-1/cpu' && use.kind === 'cpu' ? { ...use, busy: Math.min(0.93, use.busy), throttledShare: 0.15 } : use,
    );
    expect(diagnose(changed(kept, free))).toMatchObject({ kind: 'named', tier: 'web', resource: 'event-loop', with: beside });
  });

  it('is explained away on the host that its CPU limit stops', () => {
    const verdict = diagnose(changed(changed(blocked, throttle('web-1')), throttle('web-2')));
    expect(verdict).not.toMatchObject({ kind: 'named', resource: 'event-loop' });
    if (verdict.kind === 'refused' || verdict.kind === 'none-in-range') throw new Error(verdict.kind);
    expect(verdict.ruledOut).toContainEqual(
      expect.objectContaining({ tier: 'web', resource: 'event-loop', reason: expect.stringContaining('throttled by the CPU limit') }),
    );
  });
});

describe('a CPU that collects garbage', () => {
  /** The CPUs of both web servers are full. */
  const full = buildRun({
    stage: 2,
    tiers: [
      { name: 'web', hosts: 2, cpuMs: 5, cores: 0.1 },
      { name: 'db', hosts: 1, cpuMs: 0.4, cores: 0.1 },
    ],
    links: [['web', 'db']],
    loads: [16, 20, 24, 28, 32, 36, 40, 44],
  });

  it('on one host does not explain the CPU of another', () => {
    const collects = (use: ResourceUse): ResourceUse =>
      use.kind === 'memory' && use.resource === 'web-1/memory' ? { ...use, gcShare: 0.6, gcHelperShare: 0.5 } : use;
    const verdict = diagnose(changed(full, collects));
    expect(verdict).toMatchObject({ kind: 'named', tier: 'web' });
    if (verdict.kind !== 'named') throw new Error(verdict.kind);
    const cpu = [verdict, ...verdict.with].find(({ resource }) => resource === 'cpu');
    expect(cpu?.hosts).toEqual(['web-2']);
  });

  it('on one host for a large share, and on another for nearly as much, is the memory of both: their heaps are alike', () => {
    const collects = (use: ResourceUse): ResourceUse =>
      use.kind !== 'memory' || !use.resource.startsWith('web')
        ? use
        : { ...use, gcShare: 0.9, gcHelperShare: use.resource === 'web-1/memory' ? 0.27 : 0.31 };
    const throttled = (use: ResourceUse): ResourceUse => (use.kind === 'cpu' ? { ...use, throttledShare: 0.8 } : use);
    expect(diagnose(changed(changed(full, collects), throttled))).toMatchObject({
      kind: 'named',
      tier: 'web',
      resource: 'memory',
      with: [],
    });
  });
});
